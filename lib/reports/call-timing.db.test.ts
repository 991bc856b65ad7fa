import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { callTimings } from "./call-timing.ts";
import { at, CALL, TOOL } from "./fixture-events.ts";
import { fillLedger, fixtureId } from "./ledger-fixture.ts";

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
  const [grep, ...others] = await callTimings(sql, "all", "tool_call", DAY);
  assert.deepEqual(others, []);
  const { duration = null, ...rest } = grep ?? {};
  assert.deepEqual(rest, { provider: null, name: "grep", firstToken: null, repeats: null });
  assert.deepEqual([duration?.medianMs, duration?.longestMs], [200, 900]);
  assert.ok(Math.abs((duration?.p95Ms ?? 0) - 830) < 1e-6);
  const elsewhere = { teams: ["search"], persons: "all" } as const;
  assert.deepEqual(await callTimings(sql, elsewhere, "tool_call", DAY), []);
  const filters = { tool: ["ls"] };
  assert.deepEqual(await callTimings(sql, "all", "tool_call", { ...DAY, filters }), []);
});

test("tells when the first token came, in whichever unit the producer says it", async () => {
  const said = new Map([
    [at(CALL, "otel", 0), { "gen_ai.response.time_to_first_chunk": "0.25" }],
    [at(CALL, "claude", 1), { ttft_ms: "750" }],
    [at(CALL, "hostile", 2), { ttft_ms: "1e999" }],
    [at(CALL, "silent", 3), {}],
  ]);
  await fillLedger(sql, [...said.keys()], "UTC");
  for (const [event, attributes] of said) {
    await sql`update usage_event set attributes = ${sql.json(attributes)} where id = ${fixtureId(event)}`;
  }
  const [model] = await callTimings(sql, "all", "model_call", DAY);
  assert.equal(model?.name, "gpt-5.5");
  assert.equal(model?.firstToken?.medianMs, 500);
  assert.equal(model?.firstToken?.longestMs, 750);
  assert.equal(model?.duration, null);
});

test("counts calls of a tool that a run had made before with the same arguments", async () => {
  const hashed = new Map([
    [at(TOOL, "a", 0, { session: "s1" }), "same"],
    [at(TOOL, "b", 1, { session: "s1" }), "same"],
    [at(TOOL, "c", 2, { session: "s1" }), "same"],
    [at(TOOL, "d", 3, { session: "s1" }), "other"],
    [at(TOOL, "e", 4, { session: "s2" }), "same"],
  ]);
  await fillLedger(sql, [...hashed.keys()], "UTC");
  for (const [event, hash] of hashed) {
    const attributes = { "gen_ai.tool.call.arguments.hash": hash };
    await sql`update usage_event set attributes = ${sql.json(attributes)} where id = ${fixtureId(event)}`;
  }
  const [grep] = await callTimings(sql, "all", "tool_call", DAY);
  assert.equal(grep?.repeats, 2);
});
