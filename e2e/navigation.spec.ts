import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { violations } from "./support/axe.ts";
import { sendCapture } from "./support/captures.ts";
import { ENVIRONMENT, mintPerson, mintTeam } from "./support/outlay.ts";
import { signIn } from "./support/sign-in.ts";

// Moving about: by address, by history and by keyboard.

let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  const team = await mintTeam("moving");
  await sendCapture("codex", team.ingestKey);
  context = await browser.newContext({
    baseURL: ENVIRONMENT.webUrl,
    locale: "en-US",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
  });
  await signIn(context, await mintPerson("admin"));
  page = await context.newPage();
});
test.afterAll(() => context.close());

test("back and forward bring back the view that one left", async () => {
  const shows = (period: string) =>
    expect(page.getByRole("button", { name: new RegExp(`^${period} .*\\d{4}$`) })).toBeVisible();
  const stack = page.getByRole("navigation", { name: "Stack by" });
  const isStackedBy = (name: string) =>
    expect(stack.getByRole("link", { name })).toHaveAttribute("aria-current", "true");
  const filters = page.getByRole("list", { name: "Filters" });

  await page.goto("/");
  await page.getByRole("button", { name: /^Month to date/ }).click();
  await page.getByRole("button", { name: "Last 7 days" }).click();
  await shows("Last 7 days");
  await expect(page).toHaveURL("/?period=7d");
  await stack.getByRole("link", { name: "Model" }).click();
  await isStackedBy("Model");
  await expect(page).toHaveURL("/?period=7d&by=model");
  const models = page.getByRole("table", { name: "By model" });
  await models.getByRole("link", { name: "gpt-5.5", exact: true }).click();
  await expect(filters).toContainText("gpt-5.5");
  await expect(page).toHaveURL("/?period=7d&filter.model=gpt-5.5");

  await page.goBack();
  await expect(filters).toHaveCount(0);
  await isStackedBy("Model");
  await page.goBack();
  await isStackedBy("Team");
  await shows("Last 7 days");
  await page.goBack();
  await shows("Month to date");
  await page.goForward();
  await shows("Last 7 days");
});

test("the first Tab leads past the menu to the content", async () => {
  await page.goto("/events");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("Ctrl K goes to any page by typing a part of its name", async () => {
  await page.goto("/");
  // From here on the page listens to keys.
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+k");
  const search = page.getByPlaceholder("Page, team, agent, model or action");
  await expect(search).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type("quality");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/data-quality");
  await page.keyboard.press("Control+k");
  await expect(search).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(search).toBeHidden();
});

test("whatever has the focus shows it", async () => {
  await page.goto("/");
  await expect(page.getByRole("table", { name: "By model" })).toBeVisible();
  for (let place = 0; place < 40; place++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(focusMark), `after ${place + 1} Tabs`).not.toBeNull();
  }
});

test("the chosen colours and language stay after a reload", async () => {
  await page.goto("/");
  const light = await inkOf(page);
  await page.getByRole("button", { name: /Admin$/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect.poll(() => inkOf(page)).not.toBe(light);
  const dark = await inkOf(page);
  await page.reload();
  expect(await inkOf(page)).toBe(dark);

  await page.getByRole("button", { name: /Admin$/ }).click();
  await page.getByRole("menuitemradio", { name: "繁體中文" }).click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Overview");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Overview");
});

async function inkOf(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).color);
}

/** How the focused element is marked; null when nothing is focused or nothing shows it. Runs in the page. */
function focusMark(): string | null {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const { outlineStyle, outlineWidth, boxShadow, opacity } = getComputedStyle(element);
  if (opacity === "0") return null;
  if (outlineStyle !== "none" && outlineWidth !== "0px") return `${outlineStyle} ${outlineWidth}`;
  return boxShadow === "none" ? null : boxShadow;
}
