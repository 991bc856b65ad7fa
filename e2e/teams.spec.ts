import { type BrowserContext, expect, test } from "@playwright/test";
import { modelCall, postSpans } from "./support/otlp.ts";
import { ENVIRONMENT, mintPerson, mintTeam } from "./support/outlay.ts";
import { signIn } from "./support/sign-in.ts";

// What changed since last week, and why: three clicks from the first page.

let context: BrowserContext;
test.afterAll(() => context.close());

test("a manager goes from the overview to why a team's spend changed", async ({ browser }) => {
  const team = await mintTeam("changes");
  await postSpans(team.ingestKey, modelCall({}));
  context = await browser.newContext({ baseURL: ENVIRONMENT.webUrl, locale: "en-US" });
  await signIn(context, await mintPerson("manager", team.slug));
  const page = await context.newPage();
  await page.goto("/");
  await page
    .getByRole("navigation", { name: "Pages" })
    .getByRole("link", { name: "Teams" })
    .click();
  const teams = page.getByRole("table", { name: "Teams" });
  const link = teams.getByRole("link", { name: team.slug, exact: true });
  await expect(link).toHaveCount(1);
  await link.click();
  await expect(page).toHaveURL(`/teams/${team.slug}`);

  await page.getByRole("link", { name: "This period", exact: true }).click();
  await expect(page).toHaveURL(`/teams/${team.slug}?against=period`);
  const bridge = page.getByRole("table", { name: "From the cost before to the cost now" });
  await expect(bridge.getByRole("rowheader")).toHaveCount(6);
  await bridge.getByRole("link", { name: "Mix", exact: true }).click();
  await expect(page).toHaveURL(/\/explore\?filter.team=.*compare=1/);
  await expect(page.getByRole("table", { name: "By group" })).toContainText("Before");

  const other = await mintTeam("elsewhere");
  expect((await page.goto(`/teams/${other.slug}`))?.status()).toBe(404);
});
