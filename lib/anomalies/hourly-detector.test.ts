import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { load, scoreAll } from "#lib/forecast/testdata/score-anomaly.mjs";
import { detectHourly, USUAL_BURN } from "./hourly-detector.ts";

const LOADED = load("data", new URL("../forecast/testdata/", import.meta.url).pathname);
type Labelled = { readonly id: string; readonly t0: number; readonly v: number[] };

/** Ten days of an agent that works by day. */
const HOURS = Array.from({ length: 240 }, (_, hour) =>
  hour % 24 >= 8 && hour % 24 < 20 ? 10 + Math.sin(hour * hour) : 1,
);
const fastHours = (values: readonly (number | null)[], limits = USUAL_BURN) =>
  detectHourly(values, limits).flatMap((burn, hour) => (burn?.isTooFast ? [hour] : []));

describe("detectHourly", () => {
  test("lets a rhythm be", () => assert.deepEqual(fastHours(HOURS), []));

  test("finds money burning while it burns", () => {
    const loop = HOURS.map((value, hour) => (hour >= 210 && hour < 216 ? value + 40 : value));
    const [first = 0] = fastHours(loop);
    assert.ok(first >= 210 && first < 213, `${first}`);
  });

  test("does not mind what costs less than the floor", () => {
    const loop = HOURS.map((value, hour) => (hour >= 210 && hour < 216 ? value + 40 : value));
    assert.deepEqual(fastHours(loop, { ...USUAL_BURN, amount: 10_000 }), []);
  });

  test("says nothing of the first three days", () => {
    assert.ok(detectHourly(HOURS.slice(0, 72)).every((burn) => burn === null));
    assert.equal(detectHourly(HOURS.slice(0, 73)).at(-1)?.isTooFast, false);
  });

  test("finds half of the incidents on real LLM clients with few false alarms", () => {
    const series = Object.values(LOADED.hourly) as unknown as Labelled[];
    const hourly = series.flatMap(({ id, t0, v }) =>
      fastHours(v).map((hour) => ({
        series_id: id,
        hour: `${new Date(t0 + hour * 3_600_000).toISOString().slice(0, 13)}Z`,
      })),
    );
    const { F1, falseAlarmsPerSeriesMonth } = scoreAll(LOADED, { hourly }).hourly_llm;
    assert.ok(F1 >= 0.58, `F1 ${F1}`);
    assert.ok(falseAlarmsPerSeriesMonth <= 2.5, `${falseAlarmsPerSeriesMonth} a month`);
  });
});
