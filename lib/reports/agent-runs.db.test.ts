import assert from "node:assert/strict";
import { test } from "node:test";
import { addUsd, parseUsd } from "#lib/money/money.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { dearestRuns, runStats } from "./agent-runs.ts";
import { at, CALL } from "./fixture-events.ts";
import { fillLedger } from "./ledger-fixture.ts";

const { sql } = await createTestDatabase();
const DAY = {
  from: new Date("2026-11-20T00:00:00Z"),
  to: new Date("2026-11-21T00:00:00Z"),
  filters: { agent: ["coder"] },
  costBasis: "effective",
} as const;

/** A call of the agent in a run of its own or of others. */
function call(name: string, run: number, cost: string, status: "ok" | "error" = "ok") {
  return at(CALL, name, Number(name), {
    dimensions: { ...CALL.dimensions, agent: "coder", status },
    ...{
      cost: parseUsd(cost),
      listCost: addUsd(parseUsd(cost), parseUsd(cost)),
      session: `s${run}`,
    },
    more: { trace_id: Buffer.alloc(16, run) },
  });
}

await fillLedger(
  sql,
  [
    ...[call("1", 1, "1"), call("2", 1, "2", "error"), call("3", 2, "0.25"), call("4", 3, "0.5")],
    at(CALL, "5", 0, { dimensions: { ...CALL.dimensions, team: "search", agent: "coder" } }),
    at(CALL, "6", 0, { session: "s6" }),
  ],
  "UTC",
);

test("tells runs apart by trace, and what they cost", async () => {
  const [stats, ...others] = await runStats(sql, "all", "agent", DAY);
  assert.deepEqual(others, []);
  assert.deepEqual(stats, {
    ...{ name: "coder", runs: 3, failedRuns: 1, retries: 0 },
    ...{ medianCost: parseUsd("0.5"), p95Cost: parseUsd("3"), unpricedCalls: 0 },
  });
  const runs = await dearestRuns(sql, "all", "agent", { ...DAY, limit: 2 });
  assert.deepEqual(
    runs.map(({ session, calls, errors, cost }) => [session, calls, errors, cost]),
    [
      ["s1", 2, 1, parseUsd("3")],
      ["s3", 1, 0, parseUsd("0.5")],
    ],
  );
});

test("tells what runs would have cost at list prices", async () => {
  const asked = { ...DAY, costBasis: "list" } as const;
  const [stats] = await runStats(sql, "all", "agent", asked);
  assert.deepEqual([stats?.medianCost, stats?.p95Cost], [parseUsd("1"), parseUsd("6")]);
  const [dearest] = await dearestRuns(sql, "all", "agent", { ...asked, limit: 1 });
  assert.equal(dearest?.cost, parseUsd("6"));
  assert.equal(
    (await runStats(sql, "all", "agent", { ...DAY, costBasis: "contracted" })).length,
    1,
  );
});

test("shows nobody the runs of other teams", async () => {
  const scope = { teams: ["search"], persons: "none" } as const;
  assert.deepEqual(await runStats(sql, scope, "agent", DAY), []);
});

test("says how many calls of the runs have no price", async () => {
  const asked = { ...DAY, filters: { agent: ["guesser"] } };
  const guess = (name: string) =>
    at(CALL, name, Number(name), {
      dimensions: { ...CALL.dimensions, agent: "guesser" },
      ...{ cost: null, listCost: null, session: "s8" },
      more: { trace_id: Buffer.alloc(16, 8) },
    });
  await fillLedger(sql, [guess("8"), guess("9")], "UTC");
  const [stats] = await runStats(sql, "all", "agent", asked);
  assert.deepEqual([stats?.runs, stats?.medianCost, stats?.unpricedCalls], [1, 0n, 2]);
  const runs = await dearestRuns(sql, "all", "agent", { ...asked, limit: 2 });
  assert.deepEqual(
    runs.map(({ unpricedCalls }) => unpricedCalls),
    [2],
  );
});
