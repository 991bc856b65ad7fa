import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { askApi, postApi } from "./support/api.ts";
import { CAPTURE_DAY, expectedUsage, quoteCases, sendCapture } from "./support/captures.ts";
import { parseCsv } from "./support/csv.ts";
import { addDecimals, parseDecimal, parseDollars } from "./support/decimal.ts";
import { modelCall, postSpans } from "./support/otlp.ts";
import { ENVIRONMENT } from "./support/outlay.ts";
import { Events, Quote, Usage } from "./support/schemas.ts";

// The way of a new operator, on the empty product: each test goes on where the
// one before it stopped. playwright.config.ts runs this file before all others.
test.describe.configure({ mode: "serial" });

const ADMIN = { email: "first@outlay.test", password: "correct horse battery staple" };

let page: Page;
let ingestKey: string;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
});
test.afterAll(() => page.close());

test("the printed link makes the first admin, and works once", async () => {
  const setupUrl = /^ {2}set up {5}(\S+)$/m.exec(
    await readFile(ENVIRONMENT.outputFile, "utf8"),
  )?.[1];
  if (setupUrl === undefined) throw new Error("the first start printed no set-up link");

  await page.goto(setupUrl);
  await page.getByLabel("Your name").fill("Ada");
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Create the admin" }).click();
  await expect(page).toHaveURL("/connect");

  await page.goto(setupUrl);
  await expect(page.getByText("This set-up link is used up or too old.")).toBeVisible();
});

test("the connect page makes a key, shows it once and fills in every source", async () => {
  await page.goto("/connect");
  await expect(page.getByText("Create a key first.")).toBeVisible();
  await page.getByLabel("Label").fill("First light");
  await page.getByRole("button", { name: "Create the key" }).click();
  await expect(page.getByText("Waiting for the first event…")).toBeVisible();
  ingestKey = (await page.getByText(/^outlay_ik_\w/).textContent()) ?? "";

  for (const source of ["Claude Code", "Codex", "Gemini CLI", "JavaScript", "Python", "curl"]) {
    await page.getByRole("tab", { name: source, exact: true }).click();
    const settings = page.getByRole("tabpanel", { name: source, exact: true });
    await expect(settings, source).toContainText(ENVIRONMENT.otlpUrl);
    await expect(settings, source).toContainText(ingestKey);
  }
});

test("the first event turns waiting into a link to its receipt", async () => {
  await sendCapture("codex", ingestKey);
  await page.getByRole("link", { name: "See its receipt" }).click();
  await expect(page).toHaveURL(/\/events\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: "Receipt" })).toBeVisible();

  await page.goto("/settings/keys");
  await expect(page.getByRole("row", { name: /First light/ })).toBeVisible();
  await expect(page.getByText(ingestKey)).toHaveCount(0);
});

test("the overview shows the exact totals of both captures", async () => {
  await sendCapture("claude-code", ingestKey);
  await page.goto(overview());

  const models = page.getByRole("table", { name: "By model" });
  const costs: bigint[] = [];
  for (const name of ["codex", "claude-code"] as const) {
    const { byModel, callsOk } = await expectedUsage(name);
    const cost = await quotedCost(name);
    costs.push(cost);
    for (const [model, tokens] of Object.entries(byModel)) {
      const cell = (column: string) => cellOf(models, new RegExp(`^${model} `), column);
      await expect(await cell("Model calls")).toHaveText(String(callsOk));
      expect(await count(await cell("Tokens"))).toBe(
        tokens.input_uncached +
          tokens.cache_read +
          tokens.cache_write_5m +
          tokens.cache_write_1h +
          tokens.output_total,
      );
      expect(await exactDollars(await cell("Spend"))).toBe(cost);
    }
  }
  expect(await exactDollars(await cellOf(models, /^Total /, "Spend"))).toBe(sum(costs));
});

test("the CSV adds up to the figure of the page, to the last digit", async () => {
  await page.goto(overview());
  const teams = page.getByRole("table", { name: "By team" });
  const shown = await exactDollars(await cellOf(teams, /^Total /, "Spend"));
  for (const name of ["CSV Spend", "CSV By team", "CSV By model", "CSV By tool"]) {
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^outlay-usage-[\d_-]+\.csv$/);
    const rows = parseCsv(await readFile(await download.path(), "utf8"));

    const response = await page.request.get(download.url());
    const headers = response.headers();
    expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(headers["x-outlay-rows"]).toBe(String(rows.length));
    const added = addDecimals(rows.map(({ cost = "" }) => cost));
    expect(added, name).toBe(parseDecimal(headers["x-outlay-total"] ?? ""));
    // Tools cost nothing here; their file is for their own panel.
    expect(added, name).toBe(name === "CSV By tool" ? 0n : shown);
  }
});

test("a receipt's lines add up to the cost of its event", async () => {
  const { events } = await askApi(Events, "/events?filter.model=claude-opus-5-5&counted=true");
  await page.goto(`/events?${period()}&filter.model=claude-opus-5-5`);
  const rows = page.getByRole("table", { name: "Ledger rows" }).getByRole("row");
  await expect(rows).toHaveCount(1 + events.length);
  const [event] = events;
  expect(await exactDollars(rows.nth(1).getByRole("cell").last())).toBe(
    parseDecimal(event?.cost ?? ""),
  );

  await rows.nth(1).getByRole("link").click();
  await expect(page).toHaveURL(`/events/${event?.id}`);
  const receipt = page.getByRole("table", { name: "Receipt" });
  const cells = await receipt.getByRole("cell").allTextContents();
  const amounts = cells.filter((text) => /^\$[\d.,]+$/.test(text)).map(parseDollars);
  expect(amounts).toHaveLength(6);
  const receiptSum = amounts.pop();
  expect(receiptSum).toBe(parseDecimal(event?.cost ?? ""));
  expect(sum(amounts)).toBe(receiptSum);
  await expect(receipt.getByRole("link").first()).toHaveAttribute("href", /^https:\/\//);
});

test("the same captures sent again change nothing", async () => {
  const question = `/usage?group_by=team,model,tool&bucket=hour&${apiPeriod()}`;
  const before = await askApi(Usage, question);
  await sendCapture("claude-code", ingestKey);
  await sendCapture("codex", ingestKey);
  const { as_of: _, ...after } = await askApi(Usage, question);
  expect(before).toMatchObject(after);
});

test("the figure of today moves by itself when a call comes in", async () => {
  await page.goto("/");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const today = page.getByRole("definition").first();
  const before = await exactDollars(today.getByText(/\$/));
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));

  const { usd } = await postApi(Quote, "/quote", {
    provider: "openai",
    model: "gpt-5.5",
    usage: { input_uncached: 1000, output: 100 },
    at: new Date().toISOString(),
  });
  expect((await postSpans(ingestKey, modelCall())).status).toBe(200);

  await expect
    .poll(() => exactDollars(today.getByText(/\$/)))
    .toBe(before + parseDecimal(usd ?? ""));
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
});

test("signing out ends the session, and the password opens a new one", async () => {
  await page.goto("/events");
  await page.getByRole("button", { name: /Admin$/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  await page.goto("/events?period=7d");
  await expect(page).toHaveURL(/\/sign-in\?next=/);

  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("That e-mail and password do not match.")).toBeVisible();
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/events?period=7d");
});

/** The cell of a row under a column's heading; the first column names the row. */
async function cellOf(table: Locator, row: RegExp, column: string): Promise<Locator> {
  await expect(table).toBeVisible();
  const columns = await table.getByRole("columnheader").allTextContents();
  expect(columns).toContain(column);
  return table
    .getByRole("row", { name: row })
    .getByRole("cell")
    .nth(columns.indexOf(column) - 1);
}

/** From the day of the captures to today, whichever is first. */
function days(): readonly [first: string, last: string] {
  const today = new Date().toISOString().slice(0, 10);
  return today < CAPTURE_DAY ? [today, CAPTURE_DAY] : [CAPTURE_DAY, today];
}

function period(): string {
  const [first, last] = days();
  return `period=custom&from=${first}&to=${last}`;
}

function apiPeriod(): string {
  const [first, last] = days();
  return `from=${first}T00:00:00Z&to=${last}T23:59:59Z`;
}

function overview(): string {
  return `/?${period()}`;
}

/** The full amount that a shortened one has in its title. */
async function exactDollars(place: Locator): Promise<bigint> {
  const titled = place.and(page.getByTitle(/\$/)).or(place.getByTitle(/\$/)).first();
  return parseDollars((await titled.getAttribute("title")) ?? "");
}

async function count(place: Locator): Promise<number> {
  const title = await place.getByTitle(/^[\d,]+$/).getAttribute("title");
  return Number((title ?? "").replaceAll(",", ""));
}

/** What the price book asks for the calls that the model server answered. */
async function quotedCost(name: "codex" | "claude-code"): Promise<bigint> {
  const costs: string[] = [];
  for (const call of await quoteCases(name)) {
    const { status, usd } = await postApi(Quote, "/quote", call);
    expect(status).toBe("priced");
    costs.push(usd ?? "");
  }
  return addDecimals(costs);
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
