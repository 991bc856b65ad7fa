import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { askApi } from "./support/api.ts";
import { type AxeRules, violations } from "./support/axe.ts";
import { sendCapture } from "./support/captures.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { ENVIRONMENT, freshName, mintPerson, mintTeam, type Person } from "./support/outlay.ts";
import { pagePaths, withParameters } from "./support/routes.ts";
import { Events } from "./support/schemas.ts";
import { signIn } from "./support/sign-in.ts";

// Every page in both colours, both languages and on a phone.

/** Pictures of every page, for people to look at; kept out of git. */
const ARTIFACTS = "e2e/artifacts";
const LONG_NAME = "an-agent-whose-name-goes-on-and-on-without-a-single-space-to-break-it-at";
const SCHEMES = ["light", "dark"] as const;

/**
 * What axe looks for in which variant of a page: everything once, and then what
 * can differ. Only contrast depends on the colours, a language changes nothing
 * but texts, and a width nothing but the layout.
 */
const AXE: Readonly<Record<string, AxeRules>> = {
  "en-1440-light": {},
  "en-1440-dark": { only: ["color-contrast"] },
  "en-390-light": { without: ["color-contrast"] },
  "zh-Hant-1440-light": {
    only: [
      "aria-command-name",
      "aria-dialog-name",
      "aria-input-field-name",
      "aria-toggle-field-name",
      "button-name",
      "document-title",
      "html-has-lang",
      "image-alt",
      "label",
      "landmark-unique",
      "link-name",
      "select-name",
      "svg-img-alt",
    ],
  },
};

// Recording a trace costs more than all that is looked at here; pictures are kept anyway.
test.use({ trace: "off" });
test.describe.configure({ mode: "parallel" });

let admin: Person;
let session: string;
let eventId: string;
let teamSlug: string;

test.beforeAll(async () => {
  await mkdir(ARTIFACTS, { recursive: true });
  admin = await mintPerson("admin");
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
    await signIn(context, admin);
    for (const path of await examples()) await examine(page, path, `${locale}-${width}`);
    expect(errors).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
    await context.close();
  });
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
    const rules = AXE[`${name}-${colorScheme}`];
    if (rules !== undefined) {
      expect(await violations(page, rules), `${path}, ${colorScheme}`).toEqual([]);
    }
    const file = `${path.replaceAll(/[^a-z-]+/g, "-").replaceAll(/^-|-$/g, "") || "overview"}-${name}-${colorScheme}.png`;
    await page.screenshot({ path: join(ARTIFACTS, file), fullPage: true });
  }
}

/** Collects what the console complains about, from now on. */
function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      errors.push(`${page.url()}: ${message.text()}`);
    }
  });
  return errors;
}
