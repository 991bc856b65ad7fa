import assert from "node:assert/strict";
import { test } from "node:test";
import { assertGrowsWithEvents } from "#lib/testing/steps.ts";
import {
  aggregate,
  modelCall,
  NOON_MS,
  node,
  tokens,
  toolCall,
  verdicts,
} from "#lib/testing/usage-events.ts";

test("an aggregate above a call with usage does not count, one without does", () => {
  assert.deepEqual(verdicts([aggregate("agent"), modelCall("call", { under: "agent" })]), {
    agent: "aggregate_of_calls",
    call: "counts",
  });
  assert.deepEqual(verdicts([aggregate("agent"), toolCall("tool", { under: "agent" })]), {
    agent: "counts",
    tool: "counts",
  });
  assert.deepEqual(
    verdicts([aggregate("agent"), modelCall("call", { under: "agent", tokens: null })]),
    { agent: "counts", call: "counts" },
  );
});

test("spans between an aggregate and its calls do not part them", () => {
  assert.deepEqual(
    verdicts(
      [aggregate("agent"), modelCall("call", { under: "b" })],
      [node("a", "agent"), node("b", "a")],
    ),
    { agent: "aggregate_of_calls", call: "counts" },
  );
});

test("an aggregate beside calls counts besides them", () => {
  assert.deepEqual(
    verdicts(
      [aggregate("agent", { under: "root" }), modelCall("call", { under: "root" })],
      [node("root", null)],
    ),
    { agent: "counts", call: "counts" },
  );
});

test("an aggregate without usage never counts", () => {
  assert.deepEqual(
    verdicts([aggregate("none", { tokens: null }), aggregate("zero", { tokens: tokens(0, 0) })]),
    { none: "aggregate_without_usage", zero: "aggregate_without_usage" },
  );
});

test("of nested aggregates the one that holds the other counts", () => {
  assert.deepEqual(
    verdicts([
      aggregate("workflow", { tokens: tokens(200, 20) }),
      aggregate("agent", { under: "workflow" }),
      aggregate("step", { under: "agent" }),
    ]),
    { workflow: "counts", agent: "aggregate_of_calls", step: "aggregate_of_calls" },
  );
  // An outer one too small to hold the inner is a sum of something else.
  assert.deepEqual(
    verdicts([
      aggregate("workflow", { tokens: tokens(1, 1) }),
      aggregate("agent", { under: "workflow" }),
    ]),
    { workflow: "counts", agent: "counts" },
  );
});

test("a call whose chain is broken is taken to be under the aggregate of its time", () => {
  const lost = (startedAtMs: number) => modelCall("call", { under: "never came", startedAtMs });
  const agent = aggregate("agent", { durationMs: 10_000 });
  assert.equal(verdicts([agent, lost(NOON_MS + 5_000)]).agent, "aggregate_of_calls");
  assert.equal(verdicts([agent, lost(NOON_MS + 11_000)]).agent, "counts");
  assert.equal(verdicts([agent, lost(NOON_MS - 1)]).agent, "counts");
});

test("OpenClaw's sums stand beside their calls", () => {
  const family = "openclaw";
  const beside = [
    aggregate("usage", { under: "root", family }),
    modelCall("call", { under: "root", family }),
  ];
  const nodes = [node("root", null)];
  assert.equal(verdicts(beside, nodes).usage, "aggregate_of_calls");
  const stranger = [beside[0] ?? aggregate("usage"), modelCall("call", { under: "root" })];
  assert.equal(verdicts(stranger, nodes).usage, "counts");
});

test("aggregates of other traces know nothing of each other", () => {
  assert.deepEqual(
    verdicts([aggregate("agent"), modelCall("call", { traceId: "b".repeat(32), under: "agent" })]),
    { agent: "counts", call: "counts" },
  );
});

test("of thousands of calls under thousands of nested aggregates none climbs them all", () => {
  const nested = (count: number) => {
    const deep = count / 2;
    const chain = Array.from({ length: deep }, (_, i) =>
      aggregate(`a${i}`, i === 0 ? {} : { under: `a${i - 1}` }),
    );
    const calls = Array.from({ length: deep }, (_, i) =>
      modelCall(`c${i}`, { under: `a${deep - 1}` }),
    );
    return [...chain, ...calls];
  };
  assertGrowsWithEvents(nested, (events) => {
    const found = Object.values(verdicts(events));
    assert.equal(found.filter((verdict) => verdict === "counts").length, events.length / 2);
  });
});
