import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { budgetCrossing } from "./budget-crossing.ts";
import { forecastSeries } from "./forecast-series.ts";
import { chanceOfPassing, periodEnd } from "./period-end.ts";
import { sum } from "./statistics.ts";

const WEEK = [100, 110, 120, 115, 105, 20, 10];
/** Three months of a team with a rhythm and a little noise. */
const HISTORY = Array.from(
  { length: 92 },
  (_, day) => (WEEK[day % 7] ?? 0) * (1 + 0.1 * Math.sin(day * day)),
);
const FORECAST = forecastSeries(HISTORY, 31);

describe("forecastSeries", () => {
  test("nests its bands around the point", () => {
    const { point, bands } = FORECAST;
    for (const [ahead, value] of point.entries()) {
      const edges = [
        bands[95].low[ahead],
        bands[80].low[ahead],
        bands[50].low[ahead],
        value,
        bands[50].high[ahead],
        bands[80].high[ahead],
        bands[95].high[ahead],
      ];
      assert.deepEqual(
        edges,
        edges.toSorted((a = 0, b = 0) => a - b),
      );
      assert.ok((edges[0] ?? -1) >= 0);
    }
  });

  test("learns its bands from stored errors: larger ones make them wider", () => {
    const widened = FORECAST.past.map((past) => ({ ...past, scale: past.scale / 3 }));
    const wide = forecastSeries(HISTORY, 31, widened);
    const width = (bands: typeof FORECAST.bands) => sum(bands[80].high) - sum(bands[80].low);
    assert.deepEqual(wide.point, FORECAST.point);
    assert.ok(width(wide.bands) > 1.5 * width(FORECAST.bands));
  });

  test("leaves days of unknown spend out of the errors", () => {
    const unknown = FORECAST.past.map((past) => ({ ...past, actual: past.actual.map(() => null) }));
    assert.deepEqual(forecastSeries(HISTORY, 31, unknown), {
      ...forecastSeries(HISTORY, 31, []),
      past: unknown,
    });
  });

  test("says how much its history is worth", () => {
    const maturities = [0, 1, 13, 14, 41, 42].map(
      (days) => forecastSeries(HISTORY.slice(0, days), 7).maturity,
    );
    assert.deepEqual(maturities, [
      "none",
      "early",
      "early",
      "low-confidence",
      "low-confidence",
      "normal",
    ]);
  });

  test("widens the bands of young series", () => {
    const widthAfter = (days: number) => {
      const { bands, scale } = forecastSeries(HISTORY.slice(0, days), 1, []);
      return (
        ((bands[95].high[0] ?? 0) - (forecastSeries(HISTORY.slice(0, days), 1, []).point[0] ?? 0)) /
        scale
      );
    };
    assert.equal(Math.round(widthAfter(90) * 100) / 100, 3);
    assert.equal(Math.round(widthAfter(27) * 100) / 100, 3.75);
    assert.equal(Math.round(widthAfter(13) * 100) / 100, 7.5);
  });
});

describe("periodEnd", () => {
  test("adds the forecast of the days that are left to what is spent", () => {
    const end = periodEnd(FORECAST, { spent: 1_000, today: 0, daysLeft: 10 });
    assert.equal(end.total, 1_000 + sum(FORECAST.point.slice(0, 10)));
  });

  test("takes the running day's spend as a floor of that day, never as a whole day", () => {
    const [first = 0] = FORECAST.point;
    const at = (today: number) => periodEnd(FORECAST, { spent: 0, today, daysLeft: 5 }).total;
    assert.equal(at(first / 3), at(0));
    assert.ok(Math.abs(at(first + 50) - at(0) - 50) < 1e-9);
  });

  test("never promises less than is spent already", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.integer({ min: 0, max: 31 }),
        (spent, today, daysLeft) => {
          const { total, bands } = periodEnd(FORECAST, { spent, today, daysLeft });
          const floor = spent + (daysLeft > 0 ? today : 0);
          for (const level of [50, 80, 95] as const) {
            assert.ok(bands[level].low >= floor);
            assert.ok(bands[level].low <= total && bands[level].high >= total);
          }
          assert.ok(bands[95].high >= bands[80].high && bands[80].high >= bands[50].high);
        },
      ),
    );
  });

  test("is certain once the period is over", () => {
    const { total, bands } = periodEnd(FORECAST, { spent: 77, today: 0, daysLeft: 0 });
    assert.deepEqual([total, bands[95].low, bands[95].high], [77, 77, 77]);
  });

  test("has a narrower band than the sum of the daily ones", () => {
    const { total, bands } = periodEnd(FORECAST, { spent: 0, today: 0, daysLeft: 30 });
    const daily = sum(FORECAST.bands[80].high.slice(0, 30)) - sum(FORECAST.point.slice(0, 30));
    assert.ok(bands[80].high - total < daily);
  });
});

describe("chanceOfPassing", () => {
  const end = periodEnd(FORECAST, { spent: 500, today: 0, daysLeft: 20 });

  test("agrees with the bands", () => {
    const { total, halfWidths } = end;
    const near = (actual: number, expected: number) =>
      assert.ok(Math.abs(actual - expected) < 1e-9);
    near(chanceOfPassing(total, end), 0.5);
    near(chanceOfPassing(total + halfWidths[80], end), 0.1);
    near(chanceOfPassing(total - halfWidths[80], end), 0.9);
    near(chanceOfPassing(total + halfWidths[95], end), 0.025);
  });

  test("falls as the limit rises, from 1 towards 0", () => {
    const limits = Array.from({ length: 60 }, (_, step) => (end.total * step) / 20);
    const chances = limits.map((limit) => chanceOfPassing(limit, end));
    assert.deepEqual(
      chances,
      chances.toSorted((a, b) => b - a),
    );
    assert.ok((chances[0] ?? 0) > 0.99 && (chances.at(-1) ?? 1) < 0.01);
  });

  test("is yes or no when the period is over", () => {
    const over = periodEnd(FORECAST, { spent: 77, today: 0, daysLeft: 0 });
    assert.deepEqual([chanceOfPassing(76, over), chanceOfPassing(78, over)], [1, 0]);
  });
});

describe("budgetCrossing", () => {
  test("names the day on which the sum reaches the limit, and the days around it", () => {
    const limit = 200 + sum(FORECAST.point.slice(0, 12));
    const { expected, earliest, latest } = budgetCrossing(limit, 200, FORECAST, 31);
    assert.equal(expected, 11);
    assert.ok(earliest !== null && earliest < 11);
    assert.ok(latest !== null && latest > 11);
  });

  test("says so when it is out of reach", () => {
    assert.deepEqual(budgetCrossing(1e9, 0, FORECAST, 31), {
      expected: null,
      earliest: null,
      latest: null,
    });
  });
});
