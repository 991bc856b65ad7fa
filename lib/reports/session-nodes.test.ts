import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Usd } from "#lib/money/money.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { addMeasures, measuresOfEvent, NO_MEASURES } from "./measures.ts";
import { buildNodes, depthFirst, type NodeEvent } from "./session-nodes.ts";

function event(n: number, more: Partial<NodeEvent>): NodeEvent {
  return {
    ...{ id: String(n), startedAt: new Date(n), traceId: "t", spanId: String(n) },
    ...{ parentSpanId: null, kind: "model_call", status: "ok", counted: true, calls: 1 },
    ...{ tokens: { ...NO_TOKENS, output: n }, cost: BigInt(n) as Usd, listCost: null },
    costStatus: "priced",
    ...more,
  };
}

/** Parents at random, so also spans above themselves, rings, and parents that nobody told of. */
const events = fc
  .array(
    fc.record({
      parent: fc.option(fc.nat(30)),
      trace: fc.constantFrom("t", "t", "u", null),
      status: fc.constantFrom("ok", "error"),
      counted: fc.constantFrom(true, true, false),
      cost: fc.option(fc.bigInt({ min: 0n, max: 10n ** 20n })),
    }),
    { maxLength: 25 },
  )
  .map((all) =>
    all.map(({ parent, trace, cost, ...rest }, n) =>
      event(n, {
        ...rest,
        traceId: trace,
        parentSpanId: parent === null ? null : String(parent),
        cost: cost as Usd | null,
        costStatus: cost === null ? "unpriced" : "priced",
      }),
    ),
  );
const between = fc
  .array(fc.tuple(fc.integer({ min: 20, max: 30 }), fc.option(fc.nat(30))), { maxLength: 8 })
  .map((pairs) => new Map(pairs.map(([own, up]) => [`t:${own}`, up === null ? null : String(up)])));

describe("a session's tree", () => {
  test("holds each event once, and each node its own usage and that of all below it, exactly", () => {
    fc.assert(
      fc.property(events, between, (all, parents) => {
        const roots = buildNodes(all, parents);
        const nodes = [...depthFirst(roots)].map(({ node }) => node);
        const found = nodes.flatMap((node) => node.event?.id ?? []);
        assert.deepEqual(found.toSorted(), all.map(({ id }) => id).toSorted());
        for (const node of nodes) {
          const own = node.event === null ? NO_MEASURES : measuresOfEvent(node.event);
          const sum = node.children.reduce((a, { subtotal }) => addMeasures(a, subtotal), own);
          assert.deepEqual(node.subtotal, sum);
          for (const child of node.children) assert.equal(child.parent, node);
        }
        const total = roots.reduce((a, { subtotal }) => addMeasures(a, subtotal), NO_MEASURES);
        const whole = all.reduce((a, one) => addMeasures(a, measuresOfEvent(one)), NO_MEASURES);
        assert.deepEqual(total, whole);
      }),
    );
  });

  test("may be twenty thousand levels deep", () => {
    const chain = Array.from({ length: 20_000 }, (_, n) =>
      event(n, { parentSpanId: n === 0 ? null : String(n - 1), cost: 1n as Usd }),
    );
    const [trace] = buildNodes(chain, new Map());
    assert.equal(trace?.subtotal.cost, 20_000n);
    const depths = [...depthFirst(trace === undefined ? [] : [trace])].map(({ depth }) => depth);
    assert.equal(depths.at(-1), 20_000);
  });
});
