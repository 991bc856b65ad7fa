import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { errorScale } from "./error-scale.ts";
import { smooth } from "./exponential-smoothing.ts";
import { forecastSeries } from "./forecast-series.ts";
import { impute } from "./impute.ts";
import type { PastForecast } from "./past-forecast.ts";
import { pointForecast } from "./point-forecast.ts";
import { median, quantile } from "./statistics.ts";
import { load } from "./testdata/score-forecast.mjs";
import { theta } from "./theta.ts";
import { seasonalNaive, weekdayDecay, weekdayMedian } from "./weekday-level.ts";
import { winsorise } from "./winsorise.ts";

type Figures = {
  readonly task_id: string;
  readonly scale: number;
  readonly smoothing: number[];
  readonly theta: number[];
  readonly weekdayMedian: number[];
  readonly ensemble: number[];
  readonly lo80: number[];
  readonly hi80: number[];
  readonly lo95: number[];
  readonly hi95: number[];
};

const TESTDATA = new URL("./testdata/", import.meta.url);
const FIGURES = (
  JSON.parse(readFileSync(new URL("reference-figures.json", TESTDATA), "utf8")) as {
    forecast: Figures[];
  }
).forecast;
type Task = { readonly task_id: string; readonly H: number; readonly hist: (number | null)[] };
const LOADED = load("data", TESTDATA.pathname).forecast as unknown as readonly Task[];
const TASKS = new Map(LOADED.map((task) => [task.task_id, task]));

/** Spend as it may come: idle, bursty, tiny, huge. */
const anySpend = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.double({ min: 0, max: 1e12, noNaN: true }),
    fc.double({ min: 0, max: 1e-6, noNaN: true }),
  ),
  { minLength: 0, maxLength: 120 },
);

function assertNear(actual: readonly number[], expected: readonly number[], tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (const [index, value] of expected.entries()) {
    const distance = Math.abs((actual[index] ?? Number.NaN) - value);
    assert.ok(
      distance <= tolerance * (Math.abs(value) + 1e-9),
      `${actual[index]} is not ${value} at ${index}`,
    );
  }
}

function historyOf(figures: Figures): (number | null)[] {
  const task = TASKS.get(figures.task_id);
  assert.ok(task, figures.task_id);
  return task.hist;
}

describe("the models, against the published reference on real series", () => {
  test("there are figures to compare with", () => assert.equal(FIGURES.length, 50));

  for (const figures of FIGURES) {
    test(`task ${figures.task_id}`, () => {
      const values = impute(historyOf(figures));
      const tamed = winsorise(values);
      assertNear([errorScale(values)], [figures.scale], 1e-9);
      assertNear(smooth(tamed, 14).point, figures.smoothing, 1e-9);
      assertNear(theta(tamed, 14), figures.theta, 1e-9);
      assertNear(weekdayMedian(values, 7), figures.weekdayMedian, 1e-9);
      assertNear(pointForecast(values, 7).point, figures.ensemble, 1e-9);
    });

    test(`bands of task ${figures.task_id}`, () => {
      const { bands } = forecastSeries(historyOf(figures), 7, coldReplay(figures));
      assertNear(bands[80].low, figures.lo80, 1e-6);
      assertNear(bands[80].high, figures.hi80, 1e-6);
      assertNear(bands[95].low, figures.lo95, 1e-6);
      assertNear(bands[95].high, figures.hi95, 1e-6);
    });
  }
});

/** The forecasts of the past half year, each fitted from nothing as the reference does. */
function coldReplay(figures: Figures): PastForecast[] {
  const values = impute(historyOf(figures)).slice(-365);
  const past: PastForecast[] = [];
  for (let at = values.length - 1; at >= 28 && past.length < 26; at -= 7) {
    const actual = values.slice(at, at + 7);
    const history = values.slice(0, at);
    const { point } = pointForecast(history, actual.length);
    past.push({ scale: errorScale(history), point, actual });
  }
  return past;
}

describe("pointForecast", () => {
  test("answers any spend with finite amounts of zero or more", () => {
    fc.assert(
      fc.property(anySpend, fc.integer({ min: 1, max: 90 }), (values, horizon) => {
        const { point } = pointForecast(values, horizon);
        assert.equal(point.length, horizon);
        for (const value of point) assert.ok(Number.isFinite(value) && value >= 0);
      }),
      { numRuns: 60 },
    );
  });

  test("does not depend on the unit of money", () => {
    const values = Array.from({ length: 120 }, (_, day) => 50 + 20 * Math.sin(day) + (day % 7) * 4);
    const cents = pointForecast(
      values.map((value) => value * 100),
      30,
    ).point;
    assertNear(
      cents.map((value) => value / 100),
      pointForecast(values, 30).point,
      1e-3,
    );
  });

  test("continues a constant as a constant", () => {
    assertNear(pointForecast(Array(60).fill(12), 30).point, Array(30).fill(12), 1e-9);
  });

  test("continues a weekly rhythm on the right weekdays", () => {
    const week = [10, 20, 30, 40, 50, 5, 1];
    const values = Array.from({ length: 73 }, (_, day) => week[day % 7] ?? 0);
    const expected = Array.from({ length: 14 }, (_, ahead) => week[(73 + ahead) % 7] ?? 0);
    assertNear(pointForecast(values, 14).point, expected, 0.02);
  });

  test("does not let one burst move the level", () => {
    const values = Array.from({ length: 90 }, (_, day) => 100 + 3 * Math.sin(day * day));
    const calm = pointForecast(values, 7).point;
    const burst = pointForecast(values.with(85, 10_000), 7).point;
    assertNear(burst, calm, 0.05);
  });

  test("gives nothing for a series without a day", () => {
    assert.deepEqual(pointForecast([], 2).point, [0, 0]);
  });
});

describe("a warm start", () => {
  test("ends near where a cold one does", () => {
    const long = FIGURES.filter(({ task_id }) => (TASKS.get(task_id)?.H ?? 0) >= 90);
    const distances = long.flatMap((figures) => {
      const tamed = winsorise(impute(historyOf(figures)));
      const before = smooth(tamed.subarray(0, tamed.length - 7), 7);
      const cold = smooth(tamed, 7).point;
      const warm = smooth(tamed, 7, before.start).point;
      return cold.map((value, day) => Math.abs((warm[day] ?? Number.NaN) - value) / figures.scale);
    });
    assert.ok(long.length > 20);
    assert.ok(median(distances) < 0.02, `${median(distances)}`);
    assert.ok(quantile(distances, 0.9) < 0.2, `${quantile(distances, 0.9)}`);
  });
});

describe("the simple levels", () => {
  test("weigh weeks by their distance", () => {
    // A week ago 8, before that 2: (8 + 0.5 x 2) / 1.5.
    const values = [...Array(7).fill(2), ...Array(7).fill(8)];
    assert.deepEqual(weekdayDecay(values, 1, 0.5), [6]);
  });

  test("repeat the last week", () => {
    assert.deepEqual(seasonalNaive([9, 1, 2, 3, 4, 5, 6, 7], 8), [1, 2, 3, 4, 5, 6, 7, 1]);
  });
});
