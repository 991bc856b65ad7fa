import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { violations } from "./support/axe.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { ENVIRONMENT, freshName, mintPerson, mintTeam } from "./support/outlay.ts";
import { signIn } from "./support/sign-in.ts";

// What is around every page: keys, the sidebar, the drawer of a phone, views that are kept.

let context: BrowserContext;
let page: Page;
let teamSlug: string;

test.beforeAll(async ({ browser }) => {
  const team = await mintTeam("frame");
  teamSlug = team.slug;
  await postSpans(team.ingestKey, modelCall({}));
  context = await browser.newContext({
    baseURL: ENVIRONMENT.webUrl,
    locale: "en-US",
    viewport: { width: 1440, height: 900 },
  });
  await signIn(context, await mintPerson("admin"));
  page = await context.newPage();
});
test.afterAll(() => context.close());

test("a page that lost its server says how old its figures are, and comes back by itself", async () => {
  await page.goto("/");
  const live = page.getByText("Live", { exact: true });
  await expect(live).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText(/^Not live: figures are .+ old/)).toBeVisible();
  await expect(page.getByText("The server does not answer")).toBeAttached();
  await context.setOffline(false);
  await expect(live).toBeVisible();
  await expect(page).toHaveURL("/");
});

test("keys go to pages, to the shortcuts and past the names of the sidebar", async () => {
  await page.goto("/");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL("/prices");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByText("Overview")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  // In a field a key is a letter.
  await page.keyboard.type("?");
  await expect(page.getByRole("searchbox")).toHaveValue("?");

  await page.goto("/budgets");
  const names = page.getByRole("navigation", { name: "Pages" }).getByText("Forecasts");
  await expect(names).toBeInViewport();
  await page.keyboard.press("[");
  await expect(page.getByRole("button", { name: "Show the names" })).toBeVisible();
  const left = await page.getByRole("main").evaluate((main) => main.getBoundingClientRect().x);
  await page.reload();
  expect(await page.getByRole("main").evaluate((main) => main.getBoundingClientRect().x)).toBe(
    left,
  );
  await page.getByRole("button", { name: "Show the names" }).click();
});

test("on a phone the pages are in a drawer that keeps the focus and closes on the way", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/events");
  await page.getByRole("button", { name: "Open the menu" }).click();
  const drawer = page.getByRole("dialog", { name: "Outlay" });
  await expect(drawer).toBeVisible();
  for (let place = 0; place < 30; place++) {
    await page.keyboard.press("Tab");
    expect(await drawer.evaluate((box) => box.contains(document.activeElement))).toBe(true);
  }
  await drawer.getByRole("link", { name: "Anomalies" }).click();
  await expect(page).toHaveURL("/anomalies");
  await expect(drawer).toBeHidden();
  await page.setViewportSize({ width: 1440, height: 900 });
});

test("a shared question shows a colleague the same, by their own rights", async ({ browser }) => {
  const name = freshName("view");
  await page.goto(`/explore?by=model&filter.team=${teamSlug}&period=7d`);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Share with the organisation").check();
  await page.getByRole("button", { name: "Save this view" }).click();
  await expect(page.getByRole("link", { name })).toBeVisible();
  await page.getByRole("button", { name: `Open Explore with ${name}` }).click();
  const opened = page.getByRole("button", { name: `No longer open Explore with ${name}` });
  await expect(opened).toBeVisible();
  await page.keyboard.press("Escape");
  const shown = await page.getByRole("table", { name: "By group" }).textContent();
  await page.goto("/budgets");
  await page.getByRole("link", { name: "Explore" }).click();
  await expect(page.getByRole("table", { name: "By group" })).toHaveText(/gpt-5\.5/);
  expect(await page.getByRole("table", { name: "By group" }).textContent()).toBe(shown);

  const other = await browser.newContext({ baseURL: ENVIRONMENT.webUrl, locale: "en-US" });
  await signIn(other, await mintPerson("viewer", teamSlug));
  const colleague = await other.newPage();
  await colleague.goto("/explore");
  await colleague.getByRole("button", { name: "Views" }).click();
  await colleague.getByRole("link", { name }).click();
  await expect(colleague).toHaveURL(new RegExp(`filter.team=${teamSlug}`));
  const table = colleague.getByRole("table", { name: "By group" });
  await expect(table).toHaveText(/gpt-5\.5/);
  expect(await table.textContent()).toBe(shown);
  await other.close();
});

test("the overview loads less than 250 kB of scripts, and the chart library for who comes near", async ({
  browser,
}) => {
  const state = await context.storageState();
  const fresh = await browser.newContext({ baseURL: ENVIRONMENT.webUrl, storageState: state });
  const overview = await fresh.newPage();
  const sizes: Promise<number>[] = [];
  overview.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  const loaded = async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await overview.goto(`/?team=${teamSlug}`);
  await expect(overview.getByText("Live", { exact: true })).toBeVisible();
  const picture = overview.getByRole("img", { name: /Spend/ }).first();
  await expect(picture).toBeVisible();
  const before = await loaded();
  expect(before).toBeGreaterThan(50_000);
  expect(before).toBeLessThan(250_000);
  await picture.focus();
  await expect(overview.locator("svg.recharts-surface").first()).toBeFocused();
  expect(await loaded()).toBeGreaterThan(before + 50_000);
  await fresh.close();
});
