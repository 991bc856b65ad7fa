import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { csvText } from "#lib/tables/write-csv.ts";
import { jsonLine } from "#lib/tables/write-jsonl.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { filterPrices, type ListedPrice, listPrices } from "./list-prices.ts";
import { loadPricing } from "./load-pricing.ts";
import type { NewRate } from "./own-rate.ts";
import { PRICE_COLUMNS } from "./price-columns.ts";
import { readRates } from "./rate-store.ts";
import { readPriceFile } from "./read-price-file.ts";
import { importPrices, recordPrices, withdrawPrice } from "./record-prices.ts";

const { sql } = await createTestDatabase();
const ANN = { kind: "user", id: "u1", label: "ann" } as const;
const now = new Date("2026-11-22T00:00:00Z");
const options = { effectiveFrom: now, today: "2026-11-22" };

const rate: NewRate = {
  ...{ team: null, kind: "contract", provider: "openai", model: null, unit: null },
  price: { off: { num: 3, den: 20 } },
  ...{ tier: null, speed: null, region: null, context: { over: 1_000 } },
  window: {
    tz: "Asia/Taipei",
    from: "22:00",
    to: "24:00",
    weekdays: [1, 2],
    exceptDates: ["2026-12-25"],
  },
  includesFees: true,
  effectiveFrom: now,
  effectiveTo: new Date("2027-11-22T00:00:00Z"),
  source: {
    name: '=Deal, "2026"',
    url: "https://x.example",
    checkedAt: "2026-11-20",
    quote: "a\nb",
  },
};
const estimate: NewRate = {
  ...{ ...rate, kind: "estimate", provider: "lab", model: "m-1", unit: "output" },
  price: { amount: "0.000000000012", per: 1_000 },
};

const fee: NewRate = {
  ...{ ...estimate, kind: "list", provider: "openai", model: null, unit: "web_search" },
  ...{ price: { amount: "11", per: 1_000 }, context: null, window: null },
};

const listed = async () =>
  listPrices(loadPriceBook(), await readRates(sql, "all"), {
    at: now,
    believedAt: null,
    today: now,
  });
const choices = { mode: "all", isRehearsal: false, acceptChanges: false } as const;
const importFile = async (text: string, more: object = {}) =>
  importPrices(sql, readPriceFile(text, null, options), { ...choices, ...more }, ANN, now);
const contents = async () =>
  (await readRates(sql)).map(({ id: _, recordedAt, recordedBy, ...content }) => content);

for (const [format, textOf] of [
  ["CSV", (rows: readonly ListedPrice[]) => csvText(PRICE_COLUMNS, rows, "data")],
  [
    "JSON Lines",
    (rows: readonly ListedPrice[]) => rows.map((row) => jsonLine(PRICE_COLUMNS, row)).join(""),
  ],
] as const) {
  test(`a whole export as ${format} is read back without a change`, async () => {
    await sql`truncate price_rate`;
    await recordPrices(sql, [rate, estimate, fee], ANN);
    const all = await listed();
    const { refused, added, unchanged, suspicious } = await importFile(textOf(all));
    assert.deepEqual([refused, added, suspicious], [[], [], []]);
    assert.equal(unchanged, all.length);
  });
}

test("a provider's fee moves with its price, and is guarded as others are", async () => {
  await sql`truncate price_rate`;
  const csv = (amount: string) => `provider,unit,amount,per\nanthropic,web_search,${amount},1000\n`;
  const held = await importFile(csv("1000"));
  assert.match(held.suspicious[0]?.reason ?? "", /^10 becomes 1000: more than ten times/);
  assert.equal((await importFile(csv("12"))).isApplied, true);
  const { rateSet } = (await loadPricing(sql)).resolve(
    { provider: "anthropic", model: "claude-sonnet-4-5", contextTokens: 0, atMs: now.getTime() },
    "anyone",
  );
  assert.equal(rateSet.rates.find(({ unit }) => unit === "web_search")?.amount, "12");
});

test("own prices move to another installation as they are", async () => {
  const before = await contents();
  const own = filterPrices(await listed(), { origin: "own" });
  await sql`truncate price_rate`;
  const imported = await importFile(csvText(PRICE_COLUMNS, own, "data"));
  assert.equal(imported.isApplied, true);
  assert.deepEqual(await contents(), before);
});

test("a rehearsal and a file with something suspicious record nothing", async () => {
  await sql`truncate price_rate`;
  const csv = (amount: string) => `provider,model,unit,amount\nopenai,gpt-5.5,output,${amount}\n`;
  assert.equal((await importFile(csv("31"), { isRehearsal: true })).isApplied, false);
  const held = await importFile(csv("3000"));
  assert.deepEqual([held.isApplied, held.suspicious.length], [false, 1]);
  assert.equal((await readRates(sql)).length, 0);
  assert.equal((await importFile(csv("3000"), { acceptChanges: true })).isApplied, true);
  assert.equal((await readRates(sql)).length, 1);
});

test("a contract of a team that does not exist is refused; a withdrawn price stays on record", async () => {
  await assert.rejects(recordPrices(sql, [{ ...rate, team: "nobody" }], ANN), /no team nobody/);
  const { ids } = await recordPrices(sql, [rate], ANN);
  assert.equal(await withdrawPrice(sql, ids[0] ?? "", { ...ANN, label: "ben" }), true);
  const stored = (await readRates(sql, "all")).find(({ id }) => id === ids[0]);
  assert.equal(stored?.supersededBy, "ben");
});
