import assert from "node:assert/strict";
import { test } from "node:test";
import { assertGrowsWithEvents } from "#lib/testing/steps.ts";
import { aggregate, itemOf, modelCall, node, spanId } from "#lib/testing/usage-events.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { TraceTree } from "./trace-tree.ts";

test("ancestors come nearest first, whether they are usage or not", () => {
  const call = itemOf(modelCall("call", { under: "step" }));
  const agent = itemOf(aggregate("agent", { under: "root" }));
  const tree = new TraceTree({
    items: [call, agent],
    nodes: [node("step", "agent"), node("root", null)],
  });
  assert.deepEqual(
    [...tree.ancestors(call)].map((above) => above.spanId),
    ["step", "agent", "root"].map(spanId),
  );
  assert.equal(tree.depthOf(call), 3);
  assert.equal(tree.depthOf(agent), 1);
  assert.equal(tree.isComplete(call), true);
});

test("a chain is broken where a parent is not known, and whole once it is", () => {
  const call = itemOf(modelCall("call", { under: "step" }));
  assert.equal(new TraceTree({ items: [call], nodes: [] }).isComplete(call), false);
  const nodes = [node("step", "root")];
  assert.equal(new TraceTree({ items: [call], nodes }).isComplete(call), false);
  const whole = new TraceTree({ items: [call], nodes: [...nodes, node("root", null)] });
  assert.equal(whole.isComplete(call), true);
  const root = itemOf(modelCall("alone"));
  assert.equal(new TraceTree({ items: [root], nodes: [] }).isComplete(root), true);
});

test("the nearest ancestor that says it is inherited from, key by key", () => {
  const call = itemOf(modelCall("call", { under: "step", identityOf: { agent: "own" } }));
  const tree = new TraceTree({
    items: [call],
    nodes: [
      node("step", "root", { workflow: "near" }),
      node("root", null, { workflow: "far", user: "ann", agent: "far" }),
    ],
  });
  assert.deepEqual(tree.inheritedBy(call).identity, {
    workflow: "near",
    user: "ann",
    agent: "far",
  });
});

test("a session that only one span of the trace names is everyone's; two are nobody's", () => {
  const call = itemOf(modelCall("call"));
  const one = [node("x", "y", { session: "s1", environment: "prod" })];
  const alone = new TraceTree({ items: [call], nodes: one });
  assert.deepEqual(alone.inheritedBy(call).identity, { session: "s1" });
  const two = [...one, node("z", "y", { session: "s2" })];
  const torn = new TraceTree({ items: [call], nodes: two });
  assert.deepEqual(torn.inheritedBy(call).identity, {});
});

test("a circle is cut at its least span, whatever came first", () => {
  const call = itemOf(modelCall("call", { under: "a" }));
  const own = itemOf(modelCall("own", { under: "own" }));
  const circle = [node("a", "b", { agent: "A" }), node("b", "c"), node("c", "a", { agent: "C" })];
  const seen = [circle, circle.toReversed()].map((nodes) => {
    const tree = new TraceTree({ items: [call, own], nodes });
    return {
      above: [...tree.ancestors(call)].map((above) => above.spanId),
      depths: [tree.depthOf(call), tree.depthOf(own)],
      agent: tree.inheritedBy(call).identity.agent,
      isComplete: tree.isComplete(call),
    };
  });
  const ids = ["a", "b", "c"].map(spanId);
  const least = ids.toSorted()[0] ?? "";
  assert.deepEqual(seen[0], seen[1]);
  assert.deepEqual(seen[0]?.above, ids.slice(0, ids.indexOf(least) + 1));
  assert.equal(seen[0]?.agent, "A");
});

test("20,000 calls one below the other are read without recursion, and each step once", () => {
  const levels = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      modelCall(`c${i}`, i === 0 ? { identityOf: { agent: "top" } } : { under: `c${i - 1}` }),
    );
  const readAll = (events: readonly UsageEvent[]) => {
    const calls = events.map((event) => itemOf(event));
    const tree = new TraceTree({ items: calls, nodes: [] });
    for (const [i, call] of calls.toReversed().entries()) {
      assert.equal(tree.depthOf(call), calls.length - 1 - i);
      assert.equal(tree.isComplete(call), true);
      if (i < calls.length - 1) assert.equal(tree.inheritedBy(call).identity.agent, "top");
    }
  };
  assertGrowsWithEvents(levels, readAll);
  readAll(levels(20_000));
});
