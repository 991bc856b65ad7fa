import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { askApi } from "./support/api.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { mintApiKey, mintPerson, mintTeam, type Team } from "./support/outlay.ts";
import { Usage } from "./support/schemas.ts";
import { signIn } from "./support/sign-in.ts";

const History = z.looseObject({
  alerts: z.array(
    z.looseObject({ basis: z.string(), percent: z.number(), sent_at: z.string().nullable() }),
  ),
});
const Status = z.looseObject({ spent: z.string(), limit: z.string() });

let page: Page;
let team: Team;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await signIn(page.context(), await mintPerson("admin"));
  team = await mintTeam("budgets");
});
test.afterAll(() => page.close());

/** Sets a budget of a cent for the team, as a person does. */
async function setBudget(name: string): Promise<string> {
  await page.goto(`/budgets/new?team=${team.slug}`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Limit", { exact: true }).fill("0.01");
  await page.getByLabel("Alert at spent %").fill("25, 50, 75");
  await page.getByLabel("Alert at forecast %").fill("");
  await page.getByRole("button", { name: "Create budget" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

test("a budget shows what was spent, and fires its highest threshold once", async () => {
  const id = await setBudget("A cent a month");
  const call = modelCall();
  await postSpans(team.ingestKey, call);
  const sent = async () => {
    const { alerts } = await askApi(History, `/budgets/${id}/history`);
    return alerts.filter(({ sent_at }) => sent_at !== null).map(({ percent }) => percent);
  };
  await expect.poll(sent).toEqual([75]);
  // The same export again, as a retry sends it, and another evaluation.
  await postSpans(team.ingestKey, call);
  await postSpans(team.ingestKey, modelCall({ "gen_ai.usage.input_tokens": 1 }));
  await expect
    .poll(async () => (await askApi(Status, `/budgets/${id}/status`)).spent)
    .not.toBe("0.008");
  expect((await sent()).filter((percent) => percent === 75)).toEqual([75]);

  const query = `/usage?from=2020-01-01&to=2100-01-01&filter.team=${team.slug}`;
  const usage = await askApi(Usage, query);
  expect((await askApi(Status, `/budgets/${id}/status`)).spent).toBe(usage.total.cost);

  await page.reload();
  const alerts = page.getByRole("region", { name: "Alerts" });
  await expect(alerts.getByRole("row", { name: /75 % spent/ })).toContainText("Sent");
  await expect(alerts.getByRole("row", { name: /50 % spent/ })).toContainText(
    "Told with a higher one",
  );
  await page.goto(`/budgets?q=${team.slug}`);
  await expect(page.getByRole("row", { name: /A cent a month/ })).toContainText("of $0.01");
});

test("a receipt says which budgets its call counts against", async () => {
  const name = "Against the call";
  await setBudget(name);
  await page.goto(`/events?filter.team=${team.slug}&period=30d`);
  await page.locator('a[href^="/events/"]').first().click();
  await expect(page.getByRole("heading", { name: "Budgets for this call" })).toBeVisible();
  await expect(page.getByRole("link", { name })).toBeVisible();
});

test("a mistyped threshold is told at its field, and keeps the form filled in", async () => {
  await page.goto("/budgets/new");
  await page.getByLabel("Name", { exact: true }).fill("Kept");
  await page.getByLabel("Limit", { exact: true }).fill("10");
  await page.getByLabel("Alert at spent %").fill("eighty");
  await page.getByRole("button", { name: "Create budget" }).click();
  await expect(page.getByText("Please correct this")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Kept");
  const wrong = page.getByLabel("Alert at spent %");
  await expect(wrong).toBeFocused();
  await expect(wrong).toHaveAccessibleDescription(/percents such as/);
});

test("a budget on all teams is none of a team's viewer", async () => {
  const key = await mintApiKey("viewer", team.slug);
  const Budgets = z.looseObject({ budgets: z.array(z.looseObject({ scope: z.looseObject({}) })) });
  const { budgets } = await askApi(Budgets, "/budgets", key);
  expect(budgets.length).toBeGreaterThan(0);
  for (const { scope } of budgets) expect(scope).toMatchObject({ team: team.slug });
});
