import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createBudget } from "#lib/budget-control/store-budget.ts";
import { NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { monthNamed } from "#lib/close/month.ts";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { ingest } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { modelCall, tokens } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { readKpiMonths, readKpis } from "./read-kpis.ts";

const { sql } = await createTestDatabase();
const finance = testViewer("finance");
const NOW = Date.parse("2026-11-22T12:00:00Z");
const NOVEMBER = monthNamed("2026-11");

/** A million tokens of gpt-5.5 in: $5 at list price. */
function call(name: string, day: number, more: object = {}) {
  return modelCall(name, {
    traceId: name.padStart(32, "0"),
    startedAtMs: Date.parse(`2026-11-${day}T10:00:00Z`),
    tokens: tokens(100_000, 0),
    attributes: { "team.id": "search" },
    ...more,
  });
}

before(async () => {
  await sql`insert into team (slug, name) values ('search', 'Search')`;
  await ingest(sql, [
    call("a1", 20, { identityOf: { user: "ana" } }),
    call("a2", 20, { identityOf: { user: "ana" } }),
    call("a3", 21, { identityOf: { user: "ben" } }),
    call("a4", 21, { attributes: {} }),
    call("a5", 21, { provider: "lab", model: "lab-1" }),
  ]);
});

const november = async () => (await readKpis(sql, finance, NOVEMBER, NOW)).kpis;

test("each figure is the ledger's, and what nobody knows is not zero", async () => {
  const kpis = await november();
  const [ledger] = await sql<{ cost: string; one: string }[]>`
    select sum(cost) as cost, max(cost) as one from priced_event where counted`;
  const all = parseUsd(ledger?.cost ?? "");
  const one = parseUsd(ledger?.one ?? "");
  assert.equal(all, one * 4n);
  assert.deepEqual(kpis.allocation_coverage, { numerator: one * 3n, denominator: all });
  assert.deepEqual(kpis.pricing_coverage, { numerator: 4n, denominator: 5n });
  assert.deepEqual(kpis.realised_price_index, { numerator: all, denominator: all });
  // Ana on one day, Ben on one day.
  assert.deepEqual(kpis.cost_per_developer_day, { numerator: one * 3n, denominator: 2n });
  assert.equal(kpis.reconciliation_gap, null);
  assert.equal(kpis.budget_variance, null);
  assert.equal(kpis.forecast_error, null);
  assert.equal(kpis.seat_utilisation, null);
});

test("a month without anything has no figures", async () => {
  const { kpis } = await readKpis(sql, finance, monthNamed("2026-09"), NOW);
  assert.deepEqual(new Set(Object.values(kpis)), new Set([null]));
});

test("budgets below another do not count twice, nor do those of other periods", async () => {
  const set = (input: object) =>
    createBudget(
      sql,
      finance,
      NewBudgetInput.parse({ period: "month", limit: "100", thresholds: [], scope: {}, ...input }),
      new Date(NOW),
    );
  const whole = await set({ name: "All" });
  await set({ name: "Search", scope: { team: "search" }, parent_id: whole.id });
  await set({ name: "A week", period: "week" });
  await set({ name: "Tokens", currency: "tokens" });
  const { budget_variance: variance, allocation_coverage: coverage } = await november();
  const spent = coverage?.denominator ?? 0n;
  assert.deepEqual(variance, {
    numerator: spent - parseUsd("100"),
    denominator: parseUsd("100"),
  });
});

test("the month's first forecast is held against the days that are over", async () => {
  const issue = (day: string, point: bigint) => sql`
    insert into forecast (scope, day, issued_at, origin, maturity, history_days, history_total,
                          scale, point, bands, naive)
    values ('organization', ${day}, ${new Date(NOW)}, 'issued', 'normal', 60, 1, 1,
            ${sql.array(Array.from({ length: 30 }, () => point.toString()))}::bigint[],
            '{}', '{}')`;
  await issue("2026-11-20", 1_000_000n);
  await issue("2026-11-21", 9_000_000n);
  const { forecast_error: error, allocation_coverage: coverage } = await november();
  // $1 a day for the 20th and the 21st; today is not over.
  const actual = (coverage?.denominator ?? 0n) as Usd;
  const off = parseUsd("2") - actual;
  assert.deepEqual(error, { numerator: off < 0n ? -off : off, denominator: actual });
  assert.notEqual(toDecimal(actual), "0");
  const { judgedDays } = await readKpis(sql, finance, monthNamed("2026-11"), NOW);
  assert.deepEqual(judgedDays, { first: "2026-11-20", last: "2026-11-21" });
});

test("key figures are for finance with all teams", async () => {
  for (const viewer of [testViewer("manager", ["search"]), testViewer("viewer", ["search"])]) {
    await assert.rejects(readKpis(sql, viewer, NOVEMBER, NOW), { code: "forbidden" });
  }
});

test("a trend ends with the month asked for and says the same of it", async () => {
  const months = await readKpiMonths(sql, finance, { last: NOVEMBER, count: 3 }, NOW);
  assert.deepEqual(
    months.map(({ month }) => month),
    ["2026-09", "2026-10", "2026-11"],
  );
  assert.deepEqual(months.at(-1)?.kpis, await november());
  assert.equal(months[0]?.kpis.pricing_coverage, null);
});
