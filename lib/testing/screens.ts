import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { findChromium } from "./chromium.ts";

// `npm run screens -- URL EMAIL PASSWORD`: the pictures of the README, from an
// Outlay that holds the sample organisation (`outlay demo`).
const [base = "", email = "", password = ""] = process.argv.slice(2);
const DIRECTORY = "docs/screens";
const SIZE = { width: 1280, height: 800 };
/** Sharp enough for dense screens, and below 300 kB a picture. */
const SCALE = 1.5;

/** The page, and the link on it that leads to the one to show. */
const SCREENS: readonly {
  readonly name: string;
  readonly path: string;
  readonly follow?: string;
}[] = [
  { name: "overview", path: "/" },
  { name: "budget", path: "/budgets", follow: "Payments, monthly" },
  { name: "team", path: "/teams/payments" },
];

if (base === "" || email === "" || password === "") {
  process.stderr.write("npm run screens -- URL EMAIL PASSWORD\n");
  process.exit(2);
}
await mkdir(DIRECTORY, { recursive: true });
const executablePath = await findChromium();
const browser = await chromium.launch({
  ...(executablePath === null ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  for (const theme of ["light", "dark"] as const) await takeAll(browser, theme);
} finally {
  await browser.close();
}

async function takeAll(opened: Browser, theme: "light" | "dark"): Promise<void> {
  const context = await opened.newContext({
    viewport: SIZE,
    deviceScaleFactor: SCALE,
    colorScheme: theme,
    locale: "en-US",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await signIn(page);
  for (const { name, path, follow } of SCREENS) {
    await page.goto(new URL(path, base).href);
    if (follow !== undefined) await page.getByRole("link", { name: follow }).first().click();
    await page.waitForLoadState("networkidle").catch(() => {});
    await page.screenshot({ path: join(DIRECTORY, `${name}-${theme}.png`) });
    process.stdout.write(`${name}-${theme}.png\n`);
  }
  await context.close();
}

async function signIn(page: Page): Promise<void> {
  await page.goto(new URL("/sign-in", base).href);
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}
