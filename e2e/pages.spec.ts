import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type Cookie,
  expect,
  type Page,
  test,
} from "@playwright/test";
import { askApi } from "./support/api.ts";
import { violations } from "./support/axe.ts";
import { sendCapture } from "./support/captures.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { ENVIRONMENT, freshName, mintPerson, mintTeam } from "./support/outlay.ts";
import { pagePaths, withParameters } from "./support/routes.ts";
import { Events } from "./support/schemas.ts";
import { signIn } from "./support/sign-in.ts";

// Every page in both colours, both languages and on a phone; and by keyboard.

/** Pictures of every page, for people to look at; kept out of git. */
const ARTIFACTS = "e2e/artifacts";
const LONG_NAME = "an-agent-whose-name-goes-on-and-on-without-a-single-space-to-break-it-at";
const SCHEMES = ["light", "dark"] as const;

// Recording a trace costs more than all that is looked at here; pictures are kept anyway.
test.use({ trace: "off" });

let cookies: readonly Cookie[];
let session: string;
let eventId: string;
let teamSlug: string;

test.beforeAll(async ({ browser }) => {
  await mkdir(ARTIFACTS, { recursive: true });
  cookies = await signedInCookies(browser);
  const team = await mintTeam("pages");
  teamSlug = team.slug;
  session = freshName("session");
  await sendCapture("codex", team.ingestKey);
  await sendCapture("claude-code", team.ingestKey);
  const answer = await postSpans(
    team.ingestKey,
    modelCall({
      "gen_ai.agent.name": LONG_NAME,
      "gen_ai.conversation.id": session,
      "user.id": LONG_NAME,
    }),
    modelCall({ "gen_ai.request.model": "no-such", "gen_ai.response.model": "no-such" }),
  );
  expect(answer.status).toBe(200);
  const { events } = await askApi(Events, `/events?filter.session=${session}`);
  eventId = events[0]?.id ?? "";
});

for (const [locale, width] of [
  ["en", 1440],
  ["en", 390],
  ["zh-Hant", 1440],
  ["zh-Hant", 390],
] as const) {
  test(`every page is sound in ${locale} at ${width} px, light and dark`, async ({ browser }) => {
    // Two themes of every page there is, each looked through by axe.
    test.setTimeout(600_000);
    const context = await browser.newContext({
      baseURL: ENVIRONMENT.webUrl,
      locale: locale === "en" ? "en-US" : "zh-TW",
      timezoneId: "UTC",
      viewport: { width, height: 900 },
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const errors = errorsOf(page);
    for (const path of ["/sign-in", "/setup"]) await examine(page, path, `${locale}-${width}`);
    await context.addCookies(cookies);
    const another = await context.newPage();
    errorsOf(another, errors);
    // While one is drawn, the other is looked through.
    const paths = (await examples()).values();
    const examineRest = async (tab: Page) => {
      for (const path of paths) await examine(tab, path, `${locale}-${width}`);
    };
    await Promise.all([page, another].map(examineRest));
    expect(errors).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
    await context.close();
  });
}

test.describe("signed in", () => {
  let context: BrowserContext;
  let page: Page;

  test.beforeAll(async ({ browser }) => {
    context = await browser.newContext({
      baseURL: ENVIRONMENT.webUrl,
      locale: "en-US",
      timezoneId: "UTC",
      viewport: { width: 1440, height: 900 },
    });
    await context.addCookies(cookies);
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
});

/** A session of an admin; one for all tests, because attempts to sign in are limited. */
async function signedInCookies(browser: Browser): Promise<readonly Cookie[]> {
  const context = await browser.newContext({ baseURL: ENVIRONMENT.webUrl });
  await signIn(context, await mintPerson("admin"));
  const found = await context.cookies();
  await context.close();
  return found;
}

/** Every page, with an id where it needs one that it has. */
async function examples(): Promise<readonly string[]> {
  const ids: Readonly<Record<string, string>> = {
    "/agents/[name]": LONG_NAME,
    "/events/[id]": eventId,
    "/sessions/[id]": session,
    "/teams/[slug]": teamSlug,
  };
  const paths = await pagePaths();
  return paths
    .filter((path) => !path.includes("[") || ids[path] !== undefined)
    .map((path) => withParameters(path, ids[path] ?? ""));
}

/** Loads the page once and looks at it in both colours. */
async function examine(page: Page, path: string, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(tooWide, `${path} is too wide by`).toBeLessThanOrEqual(0);
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    // Only contrast depends on the colours, and it does not on the language.
    const rules = colorScheme === "dark" ? ["color-contrast"] : undefined;
    if (colorScheme === "light" || name.startsWith("en-")) {
      expect(await violations(page, rules), `${path}, ${colorScheme}`).toEqual([]);
    }
    const file = `${path.replaceAll(/[^a-z-]+/g, "-").replaceAll(/^-|-$/g, "") || "overview"}-${name}-${colorScheme}.png`;
    await page.screenshot({ path: join(ARTIFACTS, file), fullPage: true });
  }
}

/** Collects what the console complains about, from now on. */
function errorsOf(page: Page, errors: string[] = []): string[] {
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      errors.push(`${page.url()}: ${message.text()}`);
    }
  });
  return errors;
}

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
