import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Filing } from "#lib/ledger/ledger-row.ts";
import type { Usd } from "#lib/money/money.ts";
import { itemOf, modelCall, NOON_MS, tokens } from "#lib/testing/usage-events.ts";
import { COUNTERS, contributionOf } from "./contribution.ts";
import { isNothing, RollupDeltas } from "./deltas.ts";

const FILING: Filing = {
  counted: true,
  because: null,
  twinOf: null,
  dimensionSetId: 7n,
  rateSetId: 9n,
  session: "s",
  user: "ann",
  team: "payments",
  kind: "model_call",
  provider: "openai",
  model: "gpt-5.4",
  status: "ok",
  calls: 1,
  attempt: null,
  tokens: tokens(100, 10, { cache_read: 5, cache_write_5m: 4, cache_write_1h: 3, reasoning: 2 }),
  cost: 11n as Usd,
  listCost: 12n as Usd,
  units: {},
  costStatus: "priced",
  ruleId: null,
  reportedCost: null,
};

describe("what a row adds", () => {
  const cases: [string, Partial<Filing>, Record<string, number | bigint> | null][] = [
    [
      "a priced call",
      {},
      { model_calls: 1, tool_calls: 0, unpriced_calls: 0, output: 10, cost: 11n },
    ],
    ["what does not count", { counted: false }, null],
    ["an agent run", { kind: "agent_run" }, null],
    ["a tool call", { kind: "tool_call", calls: 0 }, { model_calls: 0, tool_calls: 1 }],
    ["a failed call", { status: "error" }, { errors: 1 }],
    ["a rejected tool", { kind: "tool_call", status: "rejected" }, { errors: 0 }],
    ["a first attempt", { attempt: 1 }, { retries: 0 }],
    ["a second attempt", { attempt: 2 }, { retries: 1 }],
    [
      "a call without price",
      { costStatus: "unpriced", cost: null, listCost: null },
      { unpriced_calls: 1, unpriced_tokens: 122, cost: 0n },
    ],
    ["a call priced in part", { costStatus: "partial" }, { unpriced_calls: 1, cost: 11n }],
    ["a sum without price", { costStatus: "unpriced", calls: 0 }, { unpriced_calls: 1 }],
    ["an import without price", { costStatus: "unpriced", calls: 5 }, { unpriced_calls: 5 }],
    [
      "a call without usage",
      { tokens: null, costStatus: "unpriced" },
      { unpriced_tokens: 0, output: 0 },
    ],
  ];
  for (const [name, filing, expected] of cases) {
    test(name, () => {
      const added = contributionOf({ ...FILING, ...filing });
      if (expected === null || added === null) return assert.equal(added, expected);
      const seen = Object.keys(expected).map((key) => [key, added[key as keyof typeof added]]);
      assert.deepEqual(Object.fromEntries(seen), expected);
    });
  }
});

const filings = fc.record({
  counted: fc.boolean(),
  dimensionSetId: fc.bigInt({ min: 1n, max: 3n }),
  rateSetId: fc.option(fc.bigInt({ min: 1n, max: 2n })),
  session: fc.option(fc.constantFrom("s1", "s2")),
  user: fc.option(fc.constantFrom("ann", "bo")),
  kind: fc.constantFrom("model_call" as const, "tool_call" as const, "agent_run" as const),
  status: fc.constantFrom("ok", "error", "rejected"),
  calls: fc.nat(3),
  attempt: fc.option(fc.nat(3)),
  cost: fc.option(fc.bigInt({ min: 0n, max: 10n ** 30n })),
  costStatus: fc.constantFrom("priced" as const, "unpriced" as const, "partial" as const),
  output: fc.nat(2 ** 31 - 1),
  startedAtMs: fc.integer({ min: 0, max: 7 * 86_400_000 }),
});
type Filed = typeof filings extends fc.Arbitrary<infer T> ? T : never;

function apply(deltas: RollupDeltas, sign: "add" | "takeBack", one: Filed): void {
  const item = itemOf(modelCall("a", { startedAtMs: NOON_MS - one.startedAtMs }));
  const cost = one.cost as Usd | null;
  const filing = { ...FILING, ...one, cost, listCost: cost, tokens: tokens(0, one.output) };
  deltas[sign](item, filing);
}

function everyDelta(deltas: RollupDeltas) {
  const { usage_hour, usage_day, usage_day_team, usage_day_user, usage_day_person } = deltas;
  const days = [usage_day, usage_day_team, usage_day_user, usage_day_person];
  return [usage_hour, ...days, deltas.sessions].map((table) => [...table.values()]);
}

test("what is added and taken back, in any order, leaves nothing", () => {
  fc.assert(
    fc.property(fc.array(filings, { maxLength: 20 }), fc.boolean(), (rows, backwards) => {
      const deltas = new RollupDeltas("Asia/Kolkata");
      for (const row of rows) apply(deltas, "add", row);
      for (const row of backwards ? rows.toReversed() : rows) apply(deltas, "takeBack", row);
      assert.ok(everyDelta(deltas).flat().every(isNothing));
      assert.ok([...deltas.quality.values()].every(({ rows: count }) => count === 0));
    }),
  );
});

test("every rollup holds the same sum, except that only rows with a session are in sessions", () => {
  fc.assert(
    fc.property(fc.array(filings, { maxLength: 20 }), (rows) => {
      const deltas = new RollupDeltas("America/New_York");
      for (const row of rows) apply(deltas, "add", row);
      const [hours, days, teams, users, persons, sessions] = everyDelta(deltas).map((table) => ({
        counters: COUNTERS.map((_, i) =>
          table.reduce((sum, row) => sum + (row.counters[i] ?? 0), 0),
        ),
        cost: table.reduce((sum, row) => sum + row.cost, 0n),
      }));
      assert.deepEqual(hours, days);
      assert.deepEqual(hours, teams);
      assert.deepEqual(hours, users);
      assert.deepEqual(hours, persons);
      if (rows.every(({ session }) => session !== null)) assert.deepEqual(hours, sessions);
    }),
  );
});

test("a session's row knows its first and last sign of life", () => {
  const deltas = new RollupDeltas("UTC");
  for (const offset of [0, 5_000, -3_000]) {
    deltas.add(itemOf(modelCall("a", { startedAtMs: NOON_MS + offset })), FILING);
  }
  const [session] = deltas.sessions.values();
  assert.deepEqual([session?.firstAtMs, session?.lastAtMs], [NOON_MS - 3_000, NOON_MS + 5_000]);
});
