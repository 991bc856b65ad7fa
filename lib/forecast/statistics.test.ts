import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { impute } from "./impute.ts";
import { minimise } from "./nelder-mead.ts";
import { rollingMedian } from "./rolling-median.ts";
import { seasonalIndices } from "./seasonal-indices.ts";
import { median, quantile, slope, sum } from "./statistics.ts";

describe("statistics", () => {
  test("interpolates quantiles between order statistics", () => {
    assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
    assert.equal(quantile([1, 2, 3, 4, 5], 0.8), 4.2);
    assert.ok(Number.isNaN(median([])));
  });

  test("finds the slope of a line", () => assert.equal(slope([3, 5, 7, 9]), 2));

  test("rolls the median along as if each window were sorted anew", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: -1e6, max: 1e6 })), {
          maxLength: 60,
        }),
        fc.integer({ min: 1, max: 8 }),
        (list, reach) => {
          const values = Float64Array.from(list.map((value) => (Number.isNaN(value) ? 0 : value)));
          const expected = values.map((_, day) =>
            median(values.subarray(Math.max(0, day - reach), day + reach + 1)),
          );
          assert.deepEqual(
            rollingMedian(values, reach).map((value) => value + 0),
            expected.map((value) => value + 0),
          );
        },
      ),
    );
  });

  test("finds the bottom of a curved valley", () => {
    const valley = ([x = 0, y = 0]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    const { at } = minimise(valley, [-1.2, 1], { step: 1, rounds: 400, tolerance: 1e-12 });
    assert.ok(at.every((x) => Math.abs(x - 1) < 1e-3));
  });

  test("takes weekdays apart from the level, and adds them up to nothing", () => {
    const values = Array.from({ length: 35 }, (_, day) => 100 + day + (day % 7 === 2 ? 14 : 0));
    const indices = seasonalIndices(values);
    assert.ok(Math.abs(sum(indices)) < 1e-9);
    assert.ok(Math.abs((indices[2] ?? 0) - 12) < 1e-9);
  });
});

describe("impute", () => {
  test("fills an unknown day from the same weekday before and after", () => {
    const values: (number | null)[] = Array.from({ length: 21 }, (_, day) => day);
    values[10] = null;
    assert.equal(impute(values)[10], (3 + 17) / 2);
  });

  test("goes along the line where no weekday is known", () => {
    assert.deepEqual(impute([2, null, null, 8]), [2, 4, 6, 8]);
    assert.deepEqual(impute([null, 5, null]), [5, 5, 5]);
    assert.deepEqual(impute([null, null]), [0, 0]);
  });

  test("leaves known days alone, zeros among them", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 9 }))), (values) => {
        const filled = impute(values);
        assert.equal(filled.length, values.length);
        for (const [day, value] of values.entries()) {
          if (value !== null) assert.equal(filled[day], value);
          else assert.ok(Number.isFinite(filled[day]));
        }
      }),
    );
  });
});
