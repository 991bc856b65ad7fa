import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { loadPricing } from "./load-pricing.ts";
import { readAliases, recordAlias } from "./model-alias.ts";
import type { NewRate } from "./own-rate.ts";
import { readRates, recordRates, withdrawRate } from "./rate-store.ts";

const { sql } = await createTestDatabase();

beforeEach(async () => {
  await sql`truncate price_rate, model_alias`;
});

const rate: NewRate = {
  team: null,
  kind: "list",
  provider: "lab",
  model: "lab-1",
  unit: "output",
  price: { amount: "0.000000000001", per: 1_000_000 },
  tier: null,
  speed: null,
  region: null,
  context: { over: 200_000 },
  window: { tz: "Asia/Taipei", from: "09:00", to: "12:00", weekdays: [1, 5] },
  includesFees: false,
  effectiveFrom: new Date("2026-11-01T00:00:00Z"),
  effectiveTo: null,
  source: { name: "Lab", url: "https://lab.example", checkedAt: "2026-11-22", quote: "$1" },
};
const record = (...rates: NewRate[]) => sql.begin((tx) => recordRates(tx, rates, "ann"));

test("a price comes back as it was recorded", async () => {
  const [id] = await record(rate);
  const [stored] = await readRates(sql);
  assert.partialDeepStrictEqual(stored, { ...rate, id, recordedBy: "ann", supersededAt: null });
  const off = { off: { num: 3, den: 20 } };
  const discount: NewRate = { ...rate, kind: "contract", unit: null, model: null, price: off };
  await record({ ...discount, context: null, window: null });
  const [first] = (await readRates(sql)).filter(({ kind }) => kind === "contract");
  assert.deepEqual(first?.price, off);
  assert.equal(first?.context, null);
});

test("a correction is believed from now on; what was believed stays on record", async () => {
  await record(rate);
  await record({ ...rate, price: { amount: "2", per: 1_000_000 } });
  const believed = await readRates(sql);
  assert.deepEqual(
    believed.map(({ price }) => price),
    [{ amount: "2", per: 1_000_000 }],
  );
  const all = await readRates(sql, "all");
  assert.equal(all.length, 2);
  assert.ok(all.some(({ supersededAt, supersededBy }) => supersededAt && supersededBy === "ann"));
});

test("a later price leaves the earlier one as it is, and its withdrawal brings that back", async () => {
  const later = { ...rate, effectiveFrom: new Date("2027-01-01T00:00:00Z") };
  const [, id = ""] = await record(rate, later);
  assert.equal((await readRates(sql)).length, 2);
  assert.equal(await sql.begin((tx) => withdrawRate(tx, id, "ann")), true);
  assert.equal(await sql.begin((tx) => withdrawRate(tx, id, "ann")), false);
  assert.equal((await readRates(sql)).length, 1);
});

test("two people who correct one price at once leave one belief", async () => {
  const amounts = ["1", "2", "3", "4"];
  await Promise.all(
    amounts.map((amount) => record({ ...rate, price: { amount, per: 1_000_000 } })),
  );
  assert.equal((await readRates(sql)).length, 1);
  assert.equal((await readRates(sql, "all")).length, amounts.length);
});

test("the database refuses what makes no sense, whoever writes it", async () => {
  await assert.rejects(record({ ...rate, team: "unallocated" }), /price_rate_team_has/);
  const backwards = { ...rate, effectiveTo: new Date("2026-10-01T00:00:00Z") };
  await assert.rejects(record(backwards), /price_rate_lasts/);
  await assert.rejects(
    record({ ...rate, price: { amount: "-1", per: 1 } }),
    /price_rate_is_not_negative/,
  );
});

test("an alias is recorded in canonical names, and corrected like a price", async () => {
  const alias = {
    provider: "azure",
    reported: " Our-GPT ",
    targetProvider: "azure",
    targetModel: "gpt-5.5",
    effectiveFrom: null,
    effectiveTo: null,
  };
  await sql.begin((tx) => recordAlias(tx, alias, "ann"));
  await sql.begin((tx) => recordAlias(tx, { ...alias, targetModel: "gpt-5.4" }, "ben"));
  const [stored, ...more] = await readAliases(sql);
  assert.equal(more.length, 0);
  assert.partialDeepStrictEqual(stored, {
    provider: "azure.ai.openai",
    reported: "our-gpt",
    targetModel: "gpt-5.4",
    recordedBy: "ben",
  });
  assert.equal((await readAliases(sql, "all")).length, 2);
});

test("prices are loaded again only when something was recorded", async () => {
  const empty = await loadPricing(sql);
  assert.equal(await loadPricing(sql), empty);
  const [id = ""] = await record({ ...rate, context: null, window: null });
  const priced = await loadPricing(sql);
  const query = { provider: "lab", model: "lab-1", contextTokens: 1, atMs: Date.now() };
  const set = priced.resolve(query, "a").rateSet;
  assert.deepEqual(
    set.rates.map(({ amount }) => amount),
    ["0.000000000001"],
  );
  await sql.begin((tx) => withdrawRate(tx, id, "ann"));
  const withdrawn = await loadPricing(sql);
  assert.equal(withdrawn.resolve(query, "a").rateSet.status, "unpriced");
});
