import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { floatOf } from "#lib/money/float-usd.ts";
import { sumUsd } from "#lib/money/money.ts";
import type { Forecast } from "./forecast-series.ts";
import { reconcile, reconciledUsd } from "./reconcile.ts";
import { sum } from "./statistics.ts";

function forecast(point: number[], scale: number): Forecast {
  const band = { low: point.map((v) => Math.max(0, v - scale)), high: point.map((v) => v + scale) };
  return {
    maturity: "normal",
    history: [],
    scale,
    point,
    bands: { 50: band, 80: band, 95: band },
    past: [],
  };
}

const amount = fc.double({ min: 0, max: 1e5, noNaN: true });
const scale = fc.double({ min: 1e-6, max: 1e3, noNaN: true });

describe("reconcile", () => {
  test("moves each forecast by its share of the variance", () => {
    // 130 against 100 + 20: the gap of 10 is shared by variances 1 : 4 : 4 + the total's 1.
    const { total, parts } = reconcile(forecast([130], 1), [
      { forecast: forecast([100], 2) },
      { forecast: forecast([20], 2) },
    ]);
    const near = (actual: number | undefined, expected: number) =>
      assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-9);
    near(parts[0]?.point[0], 100 + 40 / 9);
    near(parts[1]?.point[0], 20 + 40 / 9);
    near(total.point[0], 130 - 10 / 9);
    near(parts[1]?.bands[80].high[0], 22 + 40 / 9);
  });

  test("adds up on every day, with nothing below its floor", () => {
    fc.assert(
      fc.property(
        fc.tuple(amount, scale),
        fc.array(fc.tuple(amount, scale, amount), { minLength: 1, maxLength: 12 }),
        ([whole, wholeScale], list) => {
          const given = list.map(([point, partScale, today]) => ({
            forecast: forecast([point, point / 2], partScale),
            today,
          }));
          const { total, parts } = reconcile(forecast([whole, whole * 2], wholeScale), given);
          for (const day of [0, 1]) {
            assert.equal(total.point[day], sum(parts.map(({ point }) => point[day] ?? 0)));
            for (const [index, { point }] of parts.entries()) {
              const floor = day === 0 ? (given[index]?.today ?? 0) : 0;
              assert.ok((point[day] ?? -1) >= floor);
            }
          }
        },
      ),
    );
  });

  test("leaves forecasts alone that add up already", () => {
    const { total, parts } = reconcile(forecast([30, 40], 5), [
      { forecast: forecast([10, 15], 1) },
      { forecast: forecast([20, 25], 3) },
    ]);
    assert.deepEqual(total.point, [30, 40]);
    assert.deepEqual(
      parts.map(({ point }) => point),
      [
        [10, 15],
        [20, 25],
      ],
    );
  });

  test("adds up as amounts, to the last digit", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, scale), { minLength: 1, maxLength: 9 }), (list) => {
        const parts = list.map(([point, partScale]) => ({
          forecast: forecast([point], partScale),
        }));
        const reconciled = reconcile(forecast([1_000], 50), parts);
        const exact = reconciledUsd(reconciled);
        assert.equal(exact.total[0], sumUsd(exact.parts.flat()));
        const difference = floatOf(sumUsd(exact.total)) - sum(reconciled.total.point);
        assert.ok(Math.abs(difference) < 1e-5);
      }),
    );
  });
});
