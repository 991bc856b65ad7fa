import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { outcomes, point } from "#lib/testing/usage-events.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";

type Told = { readonly delta?: boolean; readonly group?: string; readonly stream?: string };

/** A point of input that holds the cached tokens of its group. */
function whole(name: string, seconds: number, value: number, told: Told = {}): UsageEvent {
  return nested(name, seconds, told, "whole", { ...NO_TOKENS, input_uncached: value });
}

function part(name: string, seconds: number, value: number, told: Told = {}): UsageEvent {
  return nested(name, seconds, told, "part", { ...NO_TOKENS, cache_read: value });
}

function nested(
  name: string,
  seconds: number,
  { delta = false, group = "g", stream = "" }: Told,
  role: "whole" | "part",
  tokens: UsageEvent["tokens"],
): UsageEvent {
  const made = point(name, seconds, 0, { stream: `${group} ${role} ${stream}`, delta });
  const series = made.series === null ? null : { ...made.series, nesting: { group, role } };
  return { ...made, series, tokens };
}

/** What counts, by the name of the point: uncached input and cache reads. */
function counted(events: readonly UsageEvent[]): Record<string, readonly [number, number]> {
  const found = [...outcomes(events)].flatMap(([name, { counted: counts, tokens }]) =>
    counts && tokens !== null
      ? [[name, [tokens.input_uncached, tokens.cache_read] as const] as const]
      : [],
  );
  return Object.fromEntries(found);
}

describe("a point that holds others counts less what they tell", () => {
  test("delta: the parts of the same reading are taken out, also when read a little later", () => {
    const delta = { delta: true };
    assert.deepEqual(
      counted([
        whole("a", 10, 100, delta),
        part("b", 10.3, 80, delta),
        whole("c", 20, 50, delta),
        part("d", 20, 30, { ...delta, stream: "write" }),
        part("e", 20, 20, delta),
      ]),
      { a: [20, 0], b: [0, 80], d: [0, 30], e: [0, 20] },
    );
  });

  test("cumulative: increase is set against increase, whenever a series began", () => {
    assert.deepEqual(
      counted([whole("a", 10, 100), whole("b", 20, 300), part("c", 20, 150), part("d", 30, 150)]),
      { a: [100, 0], b: [50, 0], c: [0, 150] },
    );
  });

  test("without its parts a whole stands as it is, and parts without their whole as they are", () => {
    assert.deepEqual(counted([whole("a", 10, 100), part("b", 70, 30)]), {
      a: [100, 0],
      b: [0, 30],
    });
    assert.deepEqual(counted([whole("a", 10, 100), part("b", 10, 30, { group: "other" })]), {
      a: [100, 0],
      b: [0, 30],
    });
  });

  test("parts beyond their whole leave nothing of it, and never less than nothing", () => {
    assert.deepEqual(counted([whole("a", 10, 100), part("b", 10, 130)]), { b: [0, 130] });
  });

  test("wholes of one reading share their parts", () => {
    const found = counted([
      whole("text", 10, 60, { stream: "text" }),
      whole("audio", 10, 40, { stream: "audio" }),
      part("cached", 10, 70),
    ]);
    const uncached = Object.values(found).reduce((total, [input]) => total + input, 0);
    assert.equal(uncached, 30);
  });
});

test("in all, whole and parts come to what the wholes tell, whatever their order", () => {
  const step = fc.record({ input: fc.nat(1_000), share: fc.integer({ min: 0, max: 100 }) });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 8 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (steps, delta, dice) => {
        let [sent, cached] = [0, 0];
        const events = steps.flatMap(({ input, share }, i) => {
          const read = Math.floor((input * share) / 100);
          [sent, cached] = delta ? [input, read] : [sent + input, cached + read];
          return [
            whole(`w${i}`, 10 * i + 10, sent, { delta }),
            part(`p${i}`, 10 * i + 10, cached, { delta }),
          ];
        });
        const ordered = events
          .map((event) => ({ event, at: dice.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ event }) => event);
        const found = Object.values(counted(ordered));
        const total = steps.reduce((all, { input }) => all + input, 0);
        const reads = steps.reduce(
          (all, { input, share }) => all + Math.floor((input * share) / 100),
          0,
        );
        assert.equal(
          found.reduce((all, [, read]) => all + read, 0),
          reads,
        );
        assert.equal(
          found.reduce((all, [input]) => all + input, 0),
          total - reads,
        );
      },
    ),
  );
});
