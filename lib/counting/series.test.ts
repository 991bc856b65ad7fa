import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { itemOf, NOON_MS, nameOf, point } from "#lib/testing/usage-events.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { increases } from "./series.ts";

/** The increase in output tokens by the name of the point. */
function found(events: readonly UsageEvent[]): Record<string, number> {
  const items = events.map((event) => itemOf(event));
  const added = increases(items);
  return Object.fromEntries(
    items.map(({ id, event }) => [nameOf(event), added.get(id)?.output ?? Number.NaN]),
  );
}

describe("what each point of a cumulative stream adds", () => {
  test("the first counts whole, the others what they are more than the one before", () => {
    assert.deepEqual(found([point("a", 10, 5), point("b", 20, 5), point("c", 30, 12)]), {
      a: 5,
      b: 0,
      c: 7,
    });
  });

  test("a fall is a reset, and the new value counts whole", () => {
    assert.deepEqual(found([point("a", 10, 50), point("b", 20, 3), point("c", 30, 4)]), {
      a: 50,
      b: 3,
      c: 1,
    });
  });

  test("a gap loses nothing, for the next point holds what the lost one held", () => {
    assert.deepEqual(found([point("a", 10, 5), point("c", 600, 500)]), { a: 5, c: 495 });
  });

  test("a first point of unknown start adds nothing: nobody knows since when it counts", () => {
    const unknown = { startMs: 0 };
    assert.deepEqual(found([point("a", 10, 5, unknown), point("b", 20, 9, unknown)]), {
      a: 0,
      b: 4,
    });
    const startsNow = { startMs: NOON_MS + 10_000 };
    assert.deepEqual(found([point("a", 10, 5, startsNow)]), { a: 0 });
  });

  test("a point without a value says nothing", () => {
    const silent = { ...point("b", 20, 0), tokens: null };
    assert.deepEqual(found([point("a", 10, 5), silent]), { a: 5, b: Number.NaN });
  });

  test("each class resets by itself", () => {
    const items = [point("a", 10, 5), point("b", 20, 7)].map((event, i) =>
      itemOf({ ...event, tokens: { ...NO_TOKENS, output: 5 + i, cache_read: 9 - 5 * i } }),
    );
    const second = increases(items).get(items[1]?.id ?? "");
    assert.deepEqual([second?.output, second?.cache_read], [1, 4]);
  });
});

test("the order of arrival is of no matter, and a stream without resets adds up to its last value", () => {
  const stream = fc
    .array(fc.nat(1_000), { minLength: 1, maxLength: 20 })
    .chain((steps) =>
      fc.tuple(
        fc.constant(steps),
        fc.shuffledSubarray([...steps.keys()], { minLength: steps.length }),
      ),
    );
  fc.assert(
    fc.property(stream, ([steps, order]) => {
      let value = 0;
      const points = steps.map((step, i) => {
        value += step;
        return point(`p${i}`, i + 1, value);
      });
      const shuffled = order.map((i) => points[i] ?? point("none", 0, 0));
      const sums = found(shuffled);
      assert.deepEqual(sums, { ...found(points) });
      assert.equal(
        Object.values(sums).reduce((total, each) => total + each, 0),
        value,
      );
    }),
  );
});
