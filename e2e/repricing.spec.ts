import { expect, test } from "@playwright/test";
import { z } from "zod";
import { ask, askApi, postApi } from "./support/api.ts";
import { parseCsv } from "./support/csv.ts";
import { addDecimals } from "./support/decimal.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { freshName, mintIngestKey, mintPerson, mintTeam, outlay } from "./support/outlay.ts";
import { Events, Usage } from "./support/schemas.ts";
import { signIn } from "./support/sign-in.ts";

// History is corrected on a page, and every figure moves by exactly what the preview said.

const DAY_MS = 86_400_000;
/** Noon of a day of last month. */
const LAST_MONTH = new Date(
  Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 20, 12),
);
const FIRST_DAY = `${LAST_MONTH.toISOString().slice(0, 8)}01`;
const LAST_DAY = new Date(Date.UTC(LAST_MONTH.getUTCFullYear(), LAST_MONTH.getUTCMonth() + 1, 0));
const PERIOD = `from=${FIRST_DAY}&to=${new Date(LAST_DAY.getTime() + DAY_MS).toISOString().slice(0, 10)}`;

/** A call of last month with half a million tokens out. */
function pastCall(provider: string, model: string) {
  const start = BigInt(LAST_MONTH.getTime()) * 1_000_000n;
  return modelCall(
    {
      "gen_ai.provider.name": provider,
      "gen_ai.request.model": model,
      "gen_ai.response.model": model,
      "gen_ai.usage.input_tokens": 0,
      "gen_ai.usage.output_tokens": 500_000,
    },
    { startTimeUnixNano: String(start), endTimeUnixNano: String(start + 1_000_000_000n) },
  );
}

async function priced(provider: string, model: string, amount: string): Promise<void> {
  const price = { provider, model, kind: "list", unit: "output", amount };
  await postApi(z.looseObject({}), "/prices", { prices: [price] });
}

/** What API and CSV say of a team in last month. */
async function told(team: string) {
  const usage = await askApi(Usage, `/usage?${PERIOD}&filter.team=${team}`);
  const file = await ask(`/api/v1/usage.csv?${PERIOD}&filter.team=${team}`);
  const rows = parseCsv(await file.text());
  expect(addDecimals(rows.map(({ cost }) => cost ?? ""))).toEqual(addDecimals([usage.total.cost]));
  return usage.total.cost;
}

test("last month's price is corrected: preview, apply, and page, CSV and API move by that", async ({
  page,
  context,
}) => {
  await signIn(context, await mintPerson("finance"));
  const [team, provider] = [await mintTeam("repriced"), freshName("lab")];
  await priced(provider, "lab-1", "2");
  await postSpans(team.ingestKey, pastCall(provider, "lab-1"), pastCall(provider, "lab-1"));
  expect(await told(team.slug)).toBe("2");
  await priced(provider, "lab-1", "3.5");

  await page.goto("/repricing");
  await page.getByLabel("First day").fill(FIRST_DAY);
  await page.getByLabel("Last day").fill(LAST_DAY.toISOString().slice(0, 10));
  await page.getByLabel("Provider").selectOption(provider);
  await page.getByRole("button", { name: "See the difference" }).click();
  const byTeam = page.getByRole("region", { name: "By team" });
  await expect(byTeam.getByRole("row", { name: team.slug })).toContainText("+$1.50");
  expect(await told(team.slug)).toBe("2");

  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/\/repricing\/\d+$/);
  await expect(page.getByRole("heading", { name: "Done" })).toBeVisible();
  await expect(page.getByText("The preview said +$1.50")).toBeVisible();
  expect(await told(team.slug)).toBe("3.5");
  await page.goto(`/?${PERIOD}&period=last-month&filter.team=${team.slug}`);
  await expect(page.getByText("$3.50").first()).toBeVisible();

  const { events } = await askApi(Events, `/events?${PERIOD}&filter.team=${team.slug}`);
  await page.goto(`/events/${events[0]?.id}`);
  const earlier = page.getByRole("region", { name: "Earlier figures" });
  await expect(earlier.getByRole("row", { name: /Pricing run/ })).toContainText("$1.00");
  expect(await outlay("verify")).toMatchObject({ rollup_drift: [], cost_drift_rows: 0 });
  await page.goto("/repricing");
  await expect(page.getByRole("row", { name: provider })).toContainText("+$1.50");
});

test("a new rule is applied to last month: preview, apply, and the spend is with the other team", async ({
  page,
  context,
}) => {
  await signIn(context, await mintPerson("admin"));
  const [team, provider] = [await mintTeam("ruled"), freshName("lab")];
  const key = await mintIngestKey();
  await priced(provider, "lab-1", "2");
  await postSpans(key, pastCall(provider, "lab-1"));
  expect(await told(team.slug)).toBe("0");
  const rule = {
    name: provider,
    conditions: [{ attribute: "provider", operator: "equals", value: provider }],
    assign: { team: team.slug },
    effective_from: null,
  };
  await postApi(z.looseObject({}), "/allocation-rules", rule);

  await page.goto("/settings/rules");
  await page.getByRole("link", { name: "Re-apply to history" }).click();
  await page.getByLabel("First day").fill(FIRST_DAY);
  await page.getByLabel("Last day").fill(LAST_DAY.toISOString().slice(0, 10));
  await page.getByLabel("Provider").selectOption(provider);
  await page.getByRole("button", { name: "See the difference" }).click();
  await expect(page).toHaveURL(/\/reapply\/\d+$/);
  const moves = page.getByRole("row", { name: `unallocated → ${team.slug}` });
  await expect(moves).toContainText("$1.00");
  expect(await told(team.slug)).toBe("0");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("heading", { name: /Re-allocation run/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Done" })).toBeVisible();
  expect(await told(team.slug)).toBe("1");
  expect(await outlay("verify")).toMatchObject({ rollup_drift: [], cost_drift_rows: 0 });
});
