import { readFile } from "node:fs/promises";
import { type BrowserContext, expect, test } from "@playwright/test";
import { z } from "zod";
import { askApi, postApi } from "./support/api.ts";
import { addDecimals, parseDecimal } from "./support/decimal.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { freshName, mintPerson, mintTeam, type Person } from "./support/outlay.ts";
import { Quote, Usage } from "./support/schemas.ts";
import { signIn } from "./support/sign-in.ts";

// What things cost: quotes, the price book and its pages, currencies.

let admin: Person;

test.beforeAll(async () => {
  admin = await mintPerson("admin");
});

test.beforeEach(async ({ context }) => {
  await signIn(context, admin);
});

test("quotes are those of all golden cases, to the last digit", async () => {
  const golden = z
    .array(
      z.looseObject({
        id: z.string(),
        expected_usd: z.string().nullable(),
        expected_status: z.string(),
        expected_lower_bound_usd: z.string().optional(),
      }),
    )
    .parse(JSON.parse(await readFile("lib/pricing/testdata/golden.json", "utf8")));
  expect(golden).toHaveLength(70);
  const answers = await Promise.all(golden.map((call) => postApi(Quote, "/quote", call)));
  const quoted = answers.map(({ status, usd, lower_bound }, i) => {
    return { id: golden[i]?.id, status, usd, lower_bound };
  });
  expect(quoted).toEqual(
    golden.map(({ id, expected_usd: usd, expected_status: status, ...call }) => {
      return { id, status, usd, lower_bound: call.expected_lower_bound_usd ?? usd ?? "0" };
    }),
  );
  for (const { lower_bound, lines } of answers) {
    expect(addDecimals(lines.map(({ amount }) => amount ?? "0"))).toBe(parseDecimal(lower_bound));
  }
});

/** A team with one call of a model that nobody has a price for. */
async function unpricedCall(model: string) {
  const team = await mintTeam("prices");
  const names = { "gen_ai.request.model": model, "gen_ai.response.model": model };
  const answer = await postSpans(team.ingestKey, modelCall(names));
  expect(answer.status).toBe(200);
  return team;
}

async function costOf(team: string): Promise<unknown> {
  const { total } = await askApi(Usage, `/usage?filter.team=${team}`);
  return { cost: total.cost, unpriced: total.unpriced_calls };
}

test("own hardware is priced by its hour and the tokens it makes in one", async ({ page }) => {
  const model = freshName("house-model");
  const team = await unpricedCall(model);
  await page.goto("/unpriced");
  await page.getByRole("row", { name: model }).getByRole("link", { name: "Own hardware" }).click();
  await page.getByLabel("Input, uncached", { exact: true }).fill("0.5");
  await page.getByLabel("Output", { exact: true }).fill("2.5");
  await page.getByLabel("Block, in tokens").fill("1,000,000");
  await page.getByRole("button", { name: "Record" }).click();
  await expect(page.getByText("1 waiting call is priced by it now")).toBeVisible();
  // 1,000 × 0.5 and 100 × 2.5 for a million.
  expect(await costOf(team.slug)).toEqual({ cost: "0.00075", unpriced: 0 });
});

test("a name is mapped in one step, back-filled, and ended with its history kept", async ({
  page,
}) => {
  const model = freshName("deployment");
  const team = await unpricedCall(model);
  await page.goto("/unpriced");
  const row = page.getByRole("row", { name: model });
  await row.getByLabel(`The model that ${model} stands for`).fill("openai/gpt-5.5");
  await row.getByRole("button", { name: "Is this model" }).click();
  await expect(page.getByRole("row", { name: model })).toHaveCount(0);
  await expect(page.getByText(`${model} is openai/gpt-5.5 from now on`)).toBeVisible();
  // 1,000 × $5 and 100 × $30 for a million.
  expect(await costOf(team.slug)).toEqual({ cost: "0.008", unpriced: 0 });

  await page.goto("/prices/aliases");
  page.on("dialog", (dialog) => dialog.accept());
  await page.getByRole("button", { name: `End the alias ${model} now` }).click();
  const history = page.getByRole("region", { name: "History" });
  await expect(history.getByRole("row", { name: model })).toHaveCount(2);
  expect(await costOf(team.slug)).toEqual({ cost: "0.008", unpriced: 0 });
});

test("the calculator compares models, and shows what a team pays beside the list", async ({
  page,
}) => {
  const team = await mintTeam("calculator");
  await postApi(z.looseObject({}), "/prices", {
    prices: [{ team: team.slug, kind: "contract", provider: "openai", discount: "12%" }],
  });
  await page.goto("/calculator");
  await page.getByLabel("Model 1 (provider/model)").fill("openai/gpt-5.5");
  await page.getByLabel("Model 2 (provider/model)").fill("openai/no-such-model");
  await page.getByLabel("Input, uncached", { exact: true }).fill("1,000,000");
  await page.getByLabel("Output", { exact: true }).fill("100,000");
  await page.getByLabel("Time (UTC)").fill("2026-11-20T12:00");
  await page.getByLabel("Prices of").selectOption(team.slug);
  await page.getByRole("button", { name: "Calculate" }).click();
  const sums = page.getByRole("region", { name: "Side by side" });
  // Long prompts of gpt-5.5 cost $10 and $45 for a million tokens; 12 % off that.
  await expect(sums.getByRole("row", { name: "openai/gpt-5.5" })).toContainText("$12.76");
  await expect(sums.getByRole("row", { name: "openai/gpt-5.5" })).toContainText("$14.50");
  await expect(sums.getByRole("row", { name: "openai/no-such-model" })).toContainText("no price");
  const receipt = page.getByRole("region", { name: "Price of the call with openai/gpt-5.5" });
  await expect(receipt.getByRole("row", { name: /^Output / })).toContainText("× 0.88");
});

test("a field for a model offers a few names that have what is typed", async ({ page }) => {
  await page.goto("/calculator");
  await expect(page.locator("datalist option")).toHaveCount(0);
  await page.getByLabel("Model 1 (provider/model)").focus();
  await expect(page.locator("datalist option")).toHaveCount(50);
  await page.keyboard.type("gpt-5.5");
  await expect(page.locator("datalist option:not([value*='gpt-5.5'])")).toHaveCount(0);
  await expect(page.locator("datalist option[value='openai/gpt-5.5']")).toHaveCount(1);
});

test("two models stand side by side in the price book", async ({ page }) => {
  await page.goto("/prices/model?provider=openai&model=gpt-5.5&with=openai/gpt-5.4");
  const compared = page.getByRole("region", { name: "Compare" });
  await expect(compared.getByRole("columnheader", { name: "gpt-5.4" })).toBeVisible();
  await expect(compared.getByRole("row", { name: /^Output/ }).first()).toContainText("$30.00");
});

test("figures are shown in another currency, by the rate of their day", async ({
  page,
  context,
}) => {
  const team = await unpricedCall("gpt-5.5");
  await page.goto("/settings/currency");
  await page.getByLabel("Rate file").setInputFiles({
    name: "rates.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("date,currency,rate\n2020-01-01,TWD,31.5\n"),
  });
  await page.getByRole("button", { name: "Try" }).click();
  await page.getByRole("button", { name: "Record" }).click();
  await expect(page.getByText("Exchange rates recorded")).toBeVisible();
  await page.getByLabel("Currency").selectOption("TWD");
  await page.getByRole("button", { name: "Choose" }).click();
  await expect(page.getByText("Figures are shown in TWD too")).toBeVisible();
  try {
    await page.goto(`/?filter.team=${team.slug}`);
    await expect(page.getByText(/≈ TWD\s0\.25/).first()).toBeVisible();
    await expect(page.getByText("1 USD = 31.5 TWD of 2020-01-01")).toBeVisible();
    const day = `/usage?filter.team=${team.slug}&bucket=day&currency=TWD`;
    const { currency, total } = await askApi(Usage.extend({ currency: z.string() }), day);
    expect([currency, total.cost]).toEqual(["TWD", "0.252"]);
  } finally {
    await chooseDollars(context);
  }
});

/** Other specs look at the overview as it is by itself. */
async function chooseDollars(context: BrowserContext): Promise<void> {
  const data = { reporting_currency: "USD" };
  expect((await context.request.put("/api/v1/currency", { data })).status()).toBe(200);
}
