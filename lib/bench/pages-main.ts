import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type BrowserContext, chromium } from "@playwright/test";
import { createLog } from "#lib/log.ts";
import { buildPages } from "#lib/runtime/build-pages.ts";
import { findChromium } from "#lib/testing/chromium.ts";
import { type FilledWeb, PERSON, withFilledWeb } from "./filled-web.ts";
import { shiftOfLiveFigures, timeInteractions } from "./page-interactions.ts";
import { visitPage } from "./page-visit.ts";
import { type PageFigures, pagesReport } from "./pages-report.ts";
import { percentile } from "./percentile.ts";
import { ask, signIn } from "./web-client.ts";

const HELP = `npm run bench:pages -- [options]   each page in Chromium, against the built pages and a ledger filled for it
  --events 1000000   in the ledger
  --asked 20         times that the server is asked for each page; a tenth of it before the clock starts
  --clicks 5         times that each interaction is done
`;
const WIDE = { width: 1440, height: 900 };

/** The pages by where they are; the team is one of the benchmark's organisation. */
const PAGES: readonly string[] = [
  ...["/", "/explore", "/explore?by=model&then=team&period=30d&compare=1", "/explore/receipt"],
  ...["/teams", "/teams/payments-web", "/agents", "/models", "/tools", "/sessions", "/events"],
  ...["/budgets", "/forecasts", "/forecasts/what-if", "/anomalies", "/data-quality"],
  ...["/data-quality/twins", "/cost-models", "/plan-or-pay", "/statements", "/close"],
  ...["/reconciliation", "/adjustments", "/kpis", "/exports", "/prices", "/calculator"],
  ...["/unpriced", "/repricing", "/connect", "/import", "/settings/organization"],
  ...["/settings/teams", "/settings/projects", "/settings/cost-centers", "/settings/members"],
  ...["/settings/rules", "/settings/currency", "/settings/people", "/settings/keys"],
  ...["/settings/audit", "/settings/webhooks"],
];

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    asked: { type: "string", default: "20" },
    clicks: { type: "string", default: "5" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  // The build starts helpers by the name "node".
  const env = { NODE_ENV: "production", PATH: dirname(process.execPath) } as const;
  await buildPages(root, env, createLog("bench"), new AbortController().signal);
  process.stdout.write(await withFilledWeb(Number(values.events), measure));
}

async function measure(filled: FilledWeb): Promise<string> {
  const { url, events, database } = filled;
  const cookie = await signIn(url, PERSON.email, PERSON.password);
  const executablePath = await findChromium();
  const browser = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const context = await browser.newContext({ viewport: WIDE, locale: "en-US" });
    await context.addCookies(cookiesOf(cookie, url));
    const pages: PageFigures[] = [];
    for (const path of PAGES) pages.push(await measurePage(context, filled, path, cookie));
    const interactions = await timeInteractions(context, url, Number(values.clicks));
    const liveShift = await shiftOfLiveFigures(context, url, async () => {
      // Not what a ledger would do; the benchmark's own is thrown away.
      await database.sql`update usage_day set cost = cost * 1.37`;
      await database.sql`update usage_day_team set cost = cost * 1.37`;
      await database.sql`update usage_day_person set cost = cost * 1.37`;
      await database.sql`update usage_hour set cost = cost * 1.37`;
    });
    return pagesReport({ events, pages, interactions, liveShift });
  } finally {
    await browser.close();
  }
}

async function measurePage(
  context: BrowserContext,
  filled: FilledWeb,
  path: string,
  cookie: string,
): Promise<PageFigures> {
  const url = `${filled.url}${path}`;
  const asked = Number(values.asked);
  const times: number[] = [];
  let before: number | null = null;
  for (let i = -Math.ceil(asked / 10); i < asked; i++) {
    if (i === 0) before = await filled.cpuSeconds();
    const { status, body, ms } = await ask(url, { cookie });
    // A panel that failed leaves the error's digest.
    if (status !== 200 || /data-dgst="[^"]/.test(body)) throw new Error(`${path}: ${status}`);
    if (i >= 0) times.push(ms);
  }
  const after = await filled.cpuSeconds();
  const cpuMs = before === null || after === null ? null : ((after - before) * 1_000) / asked;
  const visit = await visitPage(context, url);
  return { path, p50: percentile(times, 0.5), p95: percentile(times, 0.95), cpuMs, ...visit };
}

function cookiesOf(header: string, url: string) {
  return header.split("; ").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name, value: value.join("="), url };
  });
}
