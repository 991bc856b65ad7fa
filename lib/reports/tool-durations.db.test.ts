import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { at, CALL, TOOL } from "./fixture-events.ts";
import { fillLedger, fixtureId } from "./ledger-fixture.ts";
import { toolDurations } from "./tool-durations.ts";

const { sql } = await createTestDatabase();
const DAY = {
  from: new Date("2026-11-20T00:00:00Z"),
  to: new Date("2026-11-21T00:00:00Z"),
  filters: {},
};

test("tells the median, the slow end and the longest of tool calls that count", async () => {
  const took = new Map([
    [at(TOOL, "t0", 0), 100],
    [at(TOOL, "t1", 1), 200],
    [at(TOOL, "t2", 2), 900],
    [at(TOOL, "silent", 5), null],
    [at(TOOL, "twin", 6, { counted: false }), 5_000],
    [at(CALL, "call", 7), 7_000],
  ]);
  await fillLedger(sql, [...took.keys()], "UTC");
  for (const [event, ms] of took) {
    await sql`update usage_event set duration_ms = ${ms} where id = ${fixtureId(event)}`;
  }
  const [grep, ...others] = await toolDurations(sql, "all", DAY);
  assert.deepEqual(others, []);
  assert.ok(grep !== undefined);
  assert.deepEqual([grep.tool, grep.calls, grep.medianMs, grep.longestMs], ["grep", 3, 200, 900]);
  assert.ok(Math.abs(grep.p95Ms - 830) < 1e-6);
  assert.deepEqual(await toolDurations(sql, { teams: ["search"], persons: "all" }, DAY), []);
  assert.deepEqual(await toolDurations(sql, "all", { ...DAY, filters: { tool: ["ls"] } }), []);
});
