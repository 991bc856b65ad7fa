import { expect, type Page, test } from "@playwright/test";
import { refitForecasts } from "../lib/forecasting/refit.ts";
import { dateAfter } from "../lib/forecasting/series-calendar.ts";
import { onDatabase } from "./support/database.ts";
import { modelCall, postSpans, type Span } from "./support/otlp.ts";
import { freshName, mintPerson, mintTeam, type Team } from "./support/outlay.ts";
import { signIn } from "./support/sign-in.ts";

const DAY_MS = 86_400_000;
/** So that eight forecasts of the past and more can be made up and judged over their 30 days. */
const DAYS = 125;

let page: Page;
let team: Team;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await signIn(page.context(), await mintPerson("admin"));
  team = await mintTeam("forecasts");
  await postSpans(team.ingestKey, ...Array.from({ length: DAYS }, (_, ago) => callOf(ago + 1)));
  await onDatabase(({ sql }) => refitForecasts(sql, new Date(), AbortSignal.timeout(60_000)));
});
test.afterAll(() => page.close());

/** A call of that many days ago; weeks have a rhythm, and no two days are the same. */
function callOf(daysAgo: number): Span {
  const at = BigInt(Date.now() - daysAgo * DAY_MS) * 1_000_000n;
  const tokens = 100_000 + (daysAgo % 7) * 20_000 + ((daysAgo * 7_919) % 13) * 1_000;
  return modelCall(
    { "gen_ai.usage.input_tokens": tokens },
    { startTimeUnixNano: String(at), endTimeUnixNano: String(at + 1_000_000_000n) },
  );
}

const today = () => new Date().toISOString().slice(0, 10);

test("a forecast stands with its bands, and with how good those of the past were", async () => {
  await page.goto(`/forecasts?scope=team:${team.slug}`);
  const main = page.getByRole("main");
  await expect(main.getByText(/^Expected for/)).toBeVisible();
  await expect(main.getByText("Range (80 %)")).toBeVisible();
  await expect(
    main.getByText(/\d+ weekly forecasts so far: error \d+%, band held \d+%/),
  ).toBeVisible();
  await expect(main.getByRole("row", { name: /Days inside the 80 % band/ })).toContainText("%");
});

test("a planned launch raises what is forecast, until it is withdrawn", async () => {
  const launch = freshName("Launch");
  await page.goto(`/forecasts?scope=team:${team.slug}`);
  await page.getByText("Add an event").click();
  await page.getByLabel("What happens").fill(launch);
  await page.getByLabel("First day").fill(dateAfter(today(), 3));
  await page.getByLabel("Change in %").fill("100");
  await page.getByRole("button", { name: "Add event" }).click();
  await expect(page.getByText("Added. Forecasts are being fitted anew.")).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(launch) })).toContainText("+100%");
  await page.getByRole("button", { name: `Withdraw ${launch}` }).click();
  await expect(page.getByRole("row", { name: new RegExp(launch) })).toHaveCount(0);
});

test("a what-if question is answered, saved and opened again", async () => {
  await page.goto(`/forecasts/what-if?scope=team:${team.slug}`);
  await page.getByLabel("Price change, %").fill("-50");
  await page.getByRole("button", { name: "Replay" }).click();
  await expect(page.getByText("Difference in a year")).toBeVisible();
  const name = freshName("Half price");
  await page.getByText("Save this question").click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Save scenario" }).click();
  await expect(page.getByRole("link", { name })).toBeVisible();
  await page.goto("/forecasts/what-if");
  await page.getByRole("link", { name }).click();
  await expect(page.getByLabel("Price change, %")).toHaveValue("-50");
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await expect(page.getByRole("link", { name })).toHaveCount(0);
});

test("limits are tried on past days; a planned event is listed until it is removed", async () => {
  await page.goto(`/anomalies/sensitivity?team=${team.slug}`);
  await page.getByLabel("At least, USD a day").fill("25");
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page).toHaveURL(/amount=25/);
  await expect(page.getByRole("heading", { name: /Would have fired/ })).toBeVisible();

  const load = freshName("Load test");
  await page.goto("/anomalies/planned");
  await page.getByLabel("What is planned").fill(load);
  await page.getByLabel("First day").fill(dateAfter(today(), 1));
  await page.getByLabel("Last day").fill(dateAfter(today(), 2));
  await page.getByLabel("Team").fill(team.slug);
  await page.getByRole("button", { name: "Plan it" }).click();
  await expect(page.getByRole("row", { name: new RegExp(load) })).toBeVisible();
  await page.getByRole("button", { name: `Remove ${load}` }).click();
  await expect(page.getByRole("row", { name: new RegExp(load) })).toHaveCount(0);
});
