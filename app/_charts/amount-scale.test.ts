import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { amountScale } from "./amount-scale.ts";

const cases: readonly [string, number[], boolean, number[]][] = [
  ["nothing", [], false, [0]],
  ["zeros", [0, 0], false, [0]],
  ["dollars", [3, 7.2], false, [0, 2, 4, 6, 8]],
  ["a quarter step", [9.6], false, [0, 2.5, 5, 7.5, 10]],
  ["cents", [0.011], false, [0, 0.005, 0.01, 0.015]],
  ["thirds of dimes", [0.3], false, [0, 0.1, 0.2, 0.3]],
  ["one call", [1], true, [0, 1]],
  ["nine calls", [9], true, [0, 5, 10]],
  ["many calls", [120_000], true, [0, 50_000, 100_000, 150_000]],
  ["below zero", [-3, 8], false, [-5, 0, 5, 10]],
];

for (const [what, values, whole, ticks] of cases) {
  test(`the axis of ${what}`, () => {
    assert.deepEqual(amountScale(values, whole).ticks, ticks);
  });
}

test("an axis holds zero and every value, in a handful of ticks", () => {
  const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 40 }), fc.boolean(), (values, whole) => {
      const { low, high, ticks } = amountScale(values, whole);
      assert.ok(low <= 0 && high > low && ticks.includes(0));
      // The dust that is cleaned away may be a trillionth of the axis.
      const dust = (high - low) / 1e11;
      assert.ok(values.every((each) => each >= low - dust && each <= high + dust));
      assert.ok(ticks.length <= 7);
      if (whole) assert.ok(ticks.every((tick) => Number.isInteger(tick)));
    }),
  );
});
