import { expect, test } from "@playwright/test";
import { z } from "zod";
import { ask, askApi } from "./support/api.ts";
import { parseCsv } from "./support/csv.ts";
import { addDecimals } from "./support/decimal.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { ENVIRONMENT, mintPerson, mintTeam } from "./support/outlay.ts";
import { Usage } from "./support/schemas.ts";
import { signIn } from "./support/sign-in.ts";

// What a team costs beside list prices, changed on its page and seen everywhere.

const Costs = z.looseObject({ total: z.looseObject({ effective_cost: z.string() }) });

/** What page, CSV and API say of a team this month. */
async function told(team: string) {
  const filter = `filter.team=${team}`;
  const usage = await askApi(Usage, `/usage?${filter}`);
  const costs = await askApi(Costs, `/team-costs?${filter}`);
  const file = await ask(`/api/v1/team-costs.csv?${filter}`);
  const rows = parseCsv(await file.text());
  expect(file.headers.get("x-outlay-total")).toBe(costs.total.effective_cost);
  return {
    usage: usage.total.cost,
    list: usage.total.list_cost,
    costs: costs.total.effective_cost,
    csv: addDecimals(rows.map(({ effective_cost }) => effective_cost ?? "")),
  };
}

test("a contract of 12 % off is previewed, applied, re-priced, and moves every figure by that", async ({
  page,
  context,
}) => {
  await signIn(context, await mintPerson("finance"));
  const team = await mintTeam("contract");
  // gpt-5.5 lists a million tokens in at $5 and out at $30: $0.50 and $1.50 a call.
  const usage = { "gen_ai.usage.input_tokens": 100_000, "gen_ai.usage.output_tokens": 50_000 };
  await postSpans(team.ingestKey, modelCall(usage), modelCall(usage));
  expect(await told(team.slug)).toEqual({
    ...{ usage: "4", list: "4", costs: "4" },
    csv: addDecimals(["4"]),
  });

  await page.goto(`/cost-models/${team.slug}`);
  await page.getByText("Add a contract rate").click();
  const form = page.locator("form").filter({ has: page.getByLabel("Or a discount") });
  await form.getByLabel("Provider").fill("openai");
  await form.getByLabel("Or a discount").fill("12%");
  await form.getByRole("button", { name: "Preview" }).click();
  const total = form.getByRole("row", { name: /Total/ });
  await expect(total).toContainText("$4.00");
  await expect(total).toContainText("$3.52");
  await expect(total).toContainText("−$0.48");
  expect((await told(team.slug)).costs).toBe("4");

  await form.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("row", { name: /openai.*−12%/ }).first()).toBeVisible();
  await reprice(team.slug);
  const after = await told(team.slug);
  expect(after).toEqual({
    ...{ usage: "3.52", list: "4", costs: "3.52" },
    csv: addDecimals(["3.52"]),
  });
  await page.goto(`/cost-models`);
  const row = page.getByRole("row", { name: new RegExp(team.slug) });
  await expect(row).toContainText("$3.52");
  await page.goto(`/cost-models?cost=list`);
  await expect(row).toContainText("$4.00");
});

test("seats that nobody used are idle, on the team's page and against the API", async ({
  page,
  context,
}) => {
  await signIn(context, await mintPerson("finance"));
  const team = await mintTeam("seats");
  await page.goto(`/cost-models/${team.slug}`);
  await page.getByText("Add a charge").click();
  const form = page.locator("form").filter({ has: page.getByLabel("Price of one (USD)") });
  await form.getByLabel("Name").fill(`Seats of ${team.slug}`);
  await form.getByLabel("Price of one (USD)").fill("30");
  await form.getByLabel("Number").fill("2");
  await form.getByLabel("First day").fill("2026-01-01");
  await form.getByRole("button", { name: "Preview" }).click();
  await expect(form.getByRole("row", { name: /Idle part/ })).toContainText("$60.00");
  await form.getByRole("button", { name: "Apply" }).click();
  // The preview says the same of the idle part, but only what is recorded has the name.
  const idle = page.getByRole("row", { name: new RegExp(`Idle part.*Seats of ${team.slug}`) });
  await expect(idle).toContainText("$60.00");
  await page.goto("/plan-or-pay?period=last-month");
  const row = page.getByRole("row", { name: new RegExp(`Seats of ${team.slug}`) });
  await expect(row).toContainText("not used");
  await expect(row).toContainText("$60.00");
});

/** Re-prices the team's month and waits until the worker has done it. */
async function reprice(team: string): Promise<void> {
  const headers = {
    authorization: `Bearer ${ENVIRONMENT.apiKey}`,
    "content-type": "application/json",
  };
  const address = `${ENVIRONMENT.webUrl}/api/v1/repricing`;
  const dayAfter = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const from = `${new Date().toISOString().slice(0, 8)}01`;
  const body = JSON.stringify({ team, from, to: dayAfter });
  const response = await fetch(address, { method: "POST", headers, body });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: string };
  const state = async () => {
    const run = (await (await fetch(`${address}/${id}`, { headers })).json()) as { state: string };
    return run.state;
  };
  await expect.poll(state, { timeout: 20_000 }).toBe("done");
}
