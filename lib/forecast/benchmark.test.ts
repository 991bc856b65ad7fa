import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { forecastSeries } from "./forecast-series.ts";
import { impute } from "./impute.ts";
import { periodEnd } from "./period-end.ts";
import { sum } from "./statistics.ts";
import { load, scoreAll } from "./testdata/score-forecast.mjs";
import { seasonalNaive } from "./weekday-level.ts";

type Task = { task_id: string; hist: (number | null)[] };
type DailyTask = Task & { h: number };
type MonthTask = Task & { e: number; len: number };

const TASKS = load("data", new URL("./testdata/", import.meta.url).pathname) as unknown as {
  forecast: DailyTask[];
  monthend: MonthTask[];
};

function ours({ task_id, hist, h }: DailyTask) {
  const { point, bands } = forecastSeries(hist, h);
  const [lo80, hi80, lo95, hi95] = [bands[80].low, bands[80].high, bands[95].low, bands[95].high];
  return { task_id, point, lo80, hi80, lo95, hi95 };
}

function ourMonth({ task_id, hist, e, len }: MonthTask) {
  const forecast = forecastSeries(hist, len - e);
  const spent = sum(forecast.history.slice(-e));
  const { total, bands } = periodEnd(forecast, { spent, today: 0, daysLeft: len - e });
  return { task_id, total, lo80: bands[80].low, hi80: bands[80].high };
}

// The whole benchmark's figures are in docs/forecasts.md; these are the series that may be shipped.
describe("on real series, scored by the benchmark's own script", () => {
  let scores: ReturnType<typeof scoreAll>;
  let naive: ReturnType<typeof scoreAll>;

  before(() => {
    const month = TASKS.monthend.map(ourMonth);
    scores = scoreAll(TASKS, { forecast: TASKS.forecast.map(ours), monthend: month }, undefined);
    const repeated = TASKS.forecast.map(({ task_id, hist, h }) => ({
      task_id,
      point: seasonalNaive(impute(hist), h),
    }));
    const repeatedMonth = TASKS.monthend.map(({ task_id, hist, e, len }) => {
      const history = impute(hist);
      return { task_id, total: sum(history.slice(-e)) + sum(seasonalNaive(history, len - e)) };
    });
    naive = scoreAll(TASKS, { forecast: repeated, monthend: repeatedMonth }, undefined);
  });

  test("the 30-day error with 90 days of history or more is a tenth below repeating the week", () => {
    for (const history of ["90", "180-365"]) {
      const own = scores.forecast.groups[history].MASE30;
      assert.ok(own <= 1.05, `${own}`);
      assert.ok(own <= 0.9 * naive.forecast.groups[history].MASE30, `${own}`);
    }
  });

  test("the 80 % band holds 75 to 85 % of days, the 95 % band 91 to 97 %", () => {
    const { cover80, cover95 } = scores.forecast.groups["90"];
    assert.ok(cover80 >= 75 && cover80 <= 85, `${cover80}`);
    assert.ok(cover95 >= 91 && cover95 <= 97, `${cover95}`);
  });

  test("month totals err less than with repeated weeks, and their band holds", () => {
    const { APE_median, cover80 } = scores.monthend.groups.ALL;
    assert.ok(APE_median < naive.monthend.groups.ALL.APE_median, `${APE_median}`);
    // 117 months of 13 series: seven points are two standard errors.
    assert.ok(cover80 >= 73 && cover80 <= 87, `${cover80}`);
  });
});
