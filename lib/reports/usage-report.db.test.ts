import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Usd } from "#lib/money/money.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { unitStart } from "#lib/time/calendar.ts";
import { type FixtureEvent, fillLedger, sumsOf } from "./ledger-fixture.ts";
import { type AmountColumns, type UsageAmount, usageAmounts } from "./usage-amounts.ts";
import {
  BUCKETS,
  DIMENSIONS,
  type Dimension,
  type UsageQuery,
  type UsageRow,
} from "./usage-query.ts";
import { streamUsage, usageReport } from "./usage-report.ts";

const database = await createTestDatabase();

const ZONES = ["UTC", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe"] as const;
/** Around the days on which New York's and Lord Howe's clocks change. */
const PERIODS = [
  [Date.parse("2026-10-30T00:00:00Z"), Date.parse("2026-11-04T00:00:00Z")],
  [Date.parse("2026-04-03T00:00:00Z"), Date.parse("2026-04-07T00:00:00Z")],
] as const;

const maybe = (...values: string[]) => fc.constantFrom(null, ...values);

const eventIn = ([from, to]: readonly [number, number]): fc.Arbitrary<FixtureEvent> =>
  fc
    .record({
      name: fc.uuid(),
      startedAtMs: fc.integer({ min: from, max: to }),
      kind: fc.constantFrom("model_call", "model_call", "tool_call", "agent_run"),
      team: fc.constantFrom("payments", "search", "unallocated"),
      status: fc.constantFrom("ok", "ok", "error", "rejected"),
      agent: maybe("planner", "=1+1", "Übersetzer"),
      model: maybe("gpt-5.5", "claude-opus-5"),
      user: maybe("ann", "bob"),
      session: maybe("s1", "s2"),
      calls: fc.constantFrom(1, 1, 1, 0, 7),
      tokens: fc.option(fc.tuple(fc.nat(5_000), fc.nat(90_000), fc.nat(40), fc.nat(900)), {
        nil: null,
      }),
      atto: fc.option(fc.bigInt({ min: 0n, max: 10n ** 20n }), { nil: null }),
      costStatus: fc.constantFrom("priced", "priced", "unpriced", "partial", "free"),
      counted: fc.constantFrom(true, true, true, false),
    })
    .map(({ kind, team, status, agent, model, tokens, atto, ...event }) => ({
      ...event,
      dimensions: { kind, team, status, agent, model } as FixtureEvent["dimensions"],
      tokens:
        tokens === null
          ? null
          : {
              input_uncached: tokens[0],
              cache_read: tokens[1],
              cache_write_5m: tokens[2],
              cache_write_1h: 1,
              output: tokens[3],
              reasoning: Math.floor(tokens[3] / 3),
            },
      cost: (event.costStatus === "unpriced" ? null : atto) as Usd | null,
      listCost: (event.costStatus === "unpriced" || atto === null ? null : atto + 3n) as Usd | null,
    }));

const queryIn = ([from, to]: readonly [number, number]): fc.Arbitrary<UsageQuery> =>
  fc
    .record({
      ends: fc.tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to })),
      grain: fc.constantFrom(1, 900_000, 3_600_000, 86_400_000),
      groupBy: fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 3 }),
      bucket: fc.constantFrom(...BUCKETS),
      timeZone: fc.constantFrom(...ZONES),
      costBasis: fc.constantFrom("effective", "list"),
      filters: fc.record(
        {
          team: fc.subarray(["payments", "search", "unallocated", "nobody"], { minLength: 1 }),
          agent: fc.subarray([null, "planner", "=1+1"], { minLength: 1 }),
          user: fc.subarray([null, "ann"], { minLength: 1 }),
          session: fc.constant(["s1"]),
          kind: fc.constant(["model_call"]),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ ends, grain, ...query }) => {
      const [a, b] = ends.map((ms) => Math.floor(ms / grain) * grain).sort((x, y) => x - y);
      return { ...query, from: new Date(a ?? 0), to: new Date((b ?? 0) + grain) } as UsageQuery;
    });

test("any question gets the sum that the counted rows of the ledger have", async () => {
  const dataset = fc.constantFrom(...PERIODS).chain((period) =>
    fc.record({
      zone: fc.constantFrom(...ZONES),
      events: fc.array(eventIn(period), { minLength: 1, maxLength: 40 }),
      queries: fc.array(queryIn(period), { minLength: 12, maxLength: 12 }),
      scope: fc.constantFrom("all" as const, ["payments", "unallocated"], []),
    }),
  );
  await fc.assert(
    fc.asyncProperty(dataset, async ({ zone, events, queries, scope }) => {
      await fillLedger(database.sql, events, zone);
      for (const query of queries) {
        const found = await usageReport(
          database.sql,
          scope === "all" ? "all" : { teams: scope, persons: "all" },
          query,
        );
        const visible = events.filter((e) => matches(e, query, scope));
        assert.deepEqual(rowsByKey(found.rows, query), expectedByKey(visible, query));
        assert.deepEqual(flat(found.total), expectedSums(visible, query));
        assert.equal(found.rowCount, found.rows.length);
        assertOrdered(found.rows);
      }
    }),
    { numRuns: 25 },
  );
});

test("an amount alone is what the whole answer says of it, row by row", async () => {
  const events = fc.sample(eventIn(PERIODS[0]), { numRuns: 40, seed: 11 });
  await fillLedger(database.sql, events, "UTC");
  const query: UsageQuery = {
    from: new Date(PERIODS[0][0]),
    to: new Date(PERIODS[0][1]),
    groupBy: ["model", "team"],
    bucket: "day",
    timeZone: "UTC",
    costBasis: "effective",
    filters: { agent: ["planner", null] },
  };
  const { rows } = await usageReport(database.sql, "all", query);
  const asked: readonly [AmountColumns, (measures: UsageRow["measures"]) => bigint][] = [
    [["cost"], ({ cost }) => cost],
    [["list_cost"], ({ listCost }) => listCost],
    [["model_calls"], ({ modelCalls }) => BigInt(modelCalls)],
    [["input_uncached", "output"], ({ tokens }) => BigInt(tokens.input_uncached + tokens.output)],
  ];
  for (const [columns, amountOf] of asked) {
    const found = await usageAmounts(database.sql, "all", query, columns, 1_000);
    const expected = rows
      .map(({ bucketStart, group, measures }) => ({
        bucketStart,
        group,
        amount: amountOf(measures),
      }))
      .filter(({ amount }) => amount !== 0n);
    assert.ok(expected.length > 3);
    assert.deepEqual(inOrder(found), inOrder(expected));
    assert.deepEqual(await usageAmounts(database.sql, "all", query, columns, 2), found.slice(0, 3));
  }
});

function inOrder(rows: readonly UsageAmount[]): UsageAmount[] {
  const keyOf = ({ bucketStart, group }: UsageAmount) => JSON.stringify([bucketStart, group]);
  return rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

test("pages hold every row once, and the same total", async () => {
  const events = fc.sample(eventIn(PERIODS[0]), { numRuns: 40, seed: 7 });
  await fillLedger(database.sql, events, "UTC");
  const query: UsageQuery = {
    from: new Date(PERIODS[0][0]),
    to: new Date(PERIODS[0][1]),
    groupBy: ["team", "agent", "model"],
    bucket: "day",
    timeZone: "UTC",
    costBasis: "effective",
    filters: {},
  };
  const whole = await usageReport(database.sql, "all", query);
  assert.ok(whole.rowCount > 12);
  const pages: UsageRow[] = [];
  for (let offset = 0; offset < whole.rowCount; offset += 5) {
    const page = await usageReport(database.sql, "all", query, { limit: 5, offset });
    assert.deepEqual(page.total, whole.total);
    assert.equal(page.rowCount, whole.rowCount);
    pages.push(...page.rows);
  }
  assert.deepEqual(pages, whole.rows);

  const streamed: UsageRow[] = [];
  await streamUsage(database.sql, "all", query, async ({ total, rowCount }) => {
    assert.deepEqual(total, whole.total);
    assert.equal(rowCount, whole.rowCount);
    return async (rows) => void streamed.push(...rows);
  });
  assert.deepEqual(streamed, whole.rows);
});

function matches(
  event: FixtureEvent,
  query: UsageQuery,
  scope: "all" | readonly string[],
): boolean {
  return (
    event.counted &&
    event.dimensions.kind !== "agent_run" &&
    event.startedAtMs >= query.from.getTime() &&
    event.startedAtMs < query.to.getTime() &&
    (scope === "all" || scope.includes(event.dimensions.team)) &&
    Object.entries(query.filters).every(([dimension, values]) =>
      values.includes(dimensionOf(event, dimension as Dimension)),
    )
  );
}

function dimensionOf(event: FixtureEvent, dimension: Dimension): string | null {
  if (dimension === "user") return event.user;
  if (dimension === "session") return event.session;
  if (dimension === "dialect") return "otel-genai";
  return event.dimensions[dimension] ?? null;
}

function expectedByKey(events: readonly FixtureEvent[], query: UsageQuery): Map<string, unknown> {
  const groups = Map.groupBy(events, (event) => {
    const start =
      query.bucket === "none"
        ? query.from.getTime()
        : unitStart(event.startedAtMs, query.bucket, query.timeZone);
    return JSON.stringify([
      start,
      ...query.groupBy.map((dimension) => dimensionOf(event, dimension)),
    ]);
  });
  const sums = [...groups].map(([key, members]): [string, Sums] => [
    key,
    expectedSums(members, query),
  ]);
  // What adds nothing makes no row.
  return sorted(sums.filter(([, sum]) => Object.values(sum).some((value) => BigInt(value) !== 0n)));
}

type Sums = ReturnType<typeof sumsOf>;

function expectedSums(events: readonly FixtureEvent[], query: UsageQuery) {
  const sums = sumsOf(events);
  return query.costBasis === "list" ? { ...sums, cost: sums.list_cost } : sums;
}

function rowsByKey(rows: readonly UsageRow[], query: UsageQuery): Map<string, unknown> {
  const keyed = rows.map((row): [string, unknown] => [
    JSON.stringify([row.bucketStart.getTime(), ...query.groupBy.map((d) => row.group[d])]),
    flat(row.measures),
  ]);
  assert.equal(new Set(keyed.map(([key]) => key)).size, keyed.length, "a group came twice");
  return sorted(keyed);
}

function flat(measures: UsageRow["measures"]) {
  return {
    model_calls: measures.modelCalls,
    tool_calls: measures.toolCalls,
    errors: measures.errors,
    unpriced_calls: measures.unpricedCalls,
    unpriced_tokens: measures.unpricedTokens,
    ...measures.tokens,
    cost: measures.cost,
    list_cost: measures.listCost,
  };
}

function sorted(entries: [string, unknown][]): Map<string, unknown> {
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function assertOrdered(rows: readonly UsageRow[]): void {
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1];
    if (next === undefined) return;
    assert.ok(row.bucketStart <= next.bucketStart && row.bucketStart < row.bucketEnd);
    if (row.bucketStart.getTime() === next.bucketStart.getTime()) {
      assert.ok(row.measures.cost >= next.measures.cost);
    }
  }
}
