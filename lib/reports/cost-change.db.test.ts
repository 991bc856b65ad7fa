import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "#lib/errors.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { priceUsage } from "#lib/pricing/price-usage.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { type CostChangeQuery, costChange } from "./cost-change.ts";
import { at, CALL, NOON, TOOL } from "./fixture-events.ts";
import { fillLedger } from "./ledger-fixture.ts";
import { usageReport } from "./usage-report.ts";

const { sql } = await createTestDatabase();
const DAY_S = 86_400;
const day = (date: string) => new Date(`2026-11-${date}T00:00:00Z`);
const QUERY: CostChangeQuery = {
  before: { from: day("19"), to: day("20") },
  after: { from: day("20"), to: day("21") },
  costBasis: "effective",
  filters: { team: ["payments"] },
};

const tokens = (input: number, output: number) => ({
  ...NO_TOKENS,
  ...{ input_uncached: input, output },
});
const priced = (input: number, output: number) =>
  priceUsage(loadPriceBook(), {
    ...{ provider: "openai", model: "gpt-5.5", atMs: NOON },
    tokens: tokens(input, output),
  });
const { rateSet } = priced(1, 1);

/** A call of gpt-5.5 that costs what the price book says, and `fee` on top. */
function call(name: string, seconds: number, input: number, output: number, fee = "0") {
  const cost = (priced(input, output).lowerBound + parseUsd(fee)) as Usd;
  return at(CALL, name, seconds, {
    dimensions: { ...CALL.dimensions, provider: "openai" },
    ...{ tokens: tokens(input, output), cost, listCost: cost },
  });
}

await fillLedger(
  sql,
  [
    call("1", -DAY_S, 1_000, 100),
    call("2", 0, 2_001, 333, "0.01"),
    call("3", 60, 1_000, 100),
    at(CALL, "4", 0, { dimensions: { ...CALL.dimensions, team: "search" } }),
    at(CALL, "5", 0, {
      dimensions: { ...CALL.dimensions, model: "no-such" },
      ...{ cost: null, listCost: null, costStatus: "unpriced" },
    }),
    at(TOOL, "6", 0),
  ],
  "UTC",
);
await sql`insert into rate_set (id, status, provider, model, content)
  values (${rateSet.id}, 'priced', 'openai', 'gpt-5.5', ${sql.json(rateSet as never)})`;
// The fixture's rollups know no rate sets.
await sql`
  update usage_day set rate_set_id = ${rateSet.id}
   where dimension_set_id in (select id from dimension_set where provider = 'openai')`;

test("ends at the figures of the usage report, and every part adds up", async () => {
  const found = await costChange(sql, "all", QUERY);
  for (const side of ["before", "after"] as const) {
    const report = await usageReport(sql, "all", {
      ...{ ...QUERY[side], groupBy: [], bucket: "none", timeZone: "UTC" },
      ...{ costBasis: "effective", filters: QUERY.filters },
    });
    assert.equal(found[side].cost, report.total.cost);
  }
  assert.deepEqual([found.before.calls, found.after.calls, found.after.unpricedCalls], [1n, 2n, 1]);
  for (const part of [found.bridge, ...found.groups]) {
    assert.equal(part.volume + part.intensity + part.mix + part.price, part.change);
  }
  assert.equal(found.bridge.change, found.after.cost - found.before.cost);
  assert.equal(found.bridge.volume, found.before.cost);
  assert.equal(found.bridge.price, 0n);
  assert.deepEqual(
    found.groups.map(({ kind, provider, name }) => [kind, provider, name]),
    [["model", "openai", "gpt-5.5"]],
  );
});

test("shows nobody another team's money, and takes whole days only", async () => {
  const scope = { teams: ["payments"], persons: "none" } as const;
  const other = { ...QUERY, filters: { team: ["search"] } };
  assert.equal((await costChange(sql, scope, other)).after.cost, 0n);
  assert.equal((await costChange(sql, "all", other)).after.cost, parseUsd("0.5"));
  const invalid = (error: unknown) => error instanceof AppError && error.code === "invalid";
  const half = { from: new Date("2026-11-20T12:00:00Z"), to: day("21") };
  await assert.rejects(costChange(sql, "all", { ...QUERY, after: half }), invalid);
  const session = { ...QUERY, filters: { session: ["s"] } };
  await assert.rejects(costChange(sql, "all", session), invalid);
});
