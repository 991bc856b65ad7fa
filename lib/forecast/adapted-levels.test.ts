import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { adaptedLevels } from "./adapted-levels.ts";
import { perBand } from "./band-levels.ts";
import { learnWidths } from "./day-bands.ts";
import { replayIssued } from "./issued-forecast.ts";
import type { PastForecast } from "./past-forecast.ts";
import { scoreIssued } from "./score-issued.ts";

const DAYS = 30;

/** Forecasts of 100 a day whose bands of 10 either way held a share of their days. */
function promised(forecasts: number, heldShare: number): PastForecast[] {
  const days = Array.from({ length: DAYS }, (_, ahead) => ahead);
  return Array.from({ length: forecasts }, () => ({
    ...{ scale: 10, point: days.map(() => 100) },
    actual: days.map((day) => (day < heldShare * DAYS ? 105 : 115)),
    bands: perBand(() => ({ low: days.map(() => 90), high: days.map(() => 110) })),
  }));
}

describe("adaptedLevels", () => {
  const usual = { 50: 0.5, 80: 0.8, 95: 0.95 };

  test("leaves bands alone that held what they promised, or of which nothing is known", () => {
    assert.deepEqual(adaptedLevels([]), usual);
    assert.equal(adaptedLevels(promised(26, 0.8))[80], 0.8);
    const unknown = promised(26, 0).map((past) => ({
      ...past,
      actual: past.actual.map(() => null),
    }));
    assert.deepEqual(adaptedLevels(unknown), usual);
    assert.deepEqual(adaptedLevels(promised(26, 0).map(({ bands: _, ...past }) => past)), usual);
  });

  test("moves by 0.03 for each day that was outside beyond what was promised", () => {
    // Two weeks at 70 %: 0.03 for each of 14 days, less a tenth inside.
    assert.ok(Math.abs(adaptedLevels(promised(2, 0.7))[80] - (0.8 + 0.03 * 14 * 0.1)) < 1e-9);
    assert.ok(Math.abs(adaptedLevels(promised(1, 0.9))[80] - (0.8 - 0.03 * 7 * 0.1)) < 1e-9);
  });

  test("keeps the bands inside each other, whatever they held", () => {
    for (const share of [0, 1]) {
      const levels = adaptedLevels(promised(26, share));
      assert.ok(levels[50] <= levels[80] && levels[80] <= levels[95], JSON.stringify(levels));
      const widths = learnWidths(promised(26, share), 200);
      for (const width of widths) assert.ok(width[50] <= width[80] && width[80] <= width[95]);
    }
  });
});

/** Spend that grows to so many times itself within a year, with working days, weekends and noise. */
function growing(days: number, yearly: number): number[] {
  let state = 7;
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return Array.from({ length: days }, (_, day) => {
    const level = 100 * yearly ** ((day - days) / 365);
    return level * (day % 7 < 5 ? 1 : 0.1) * (0.85 + 0.3 * random());
  });
}

test("bands hold under steady growth, by which every forecast is too low, as without growth", () => {
  for (const yearly of [1, 2.6, 3]) {
    const history = growing(300, yearly);
    const issued = replayIssued(history, DAYS);
    const { held } = scoreIssued(
      issued.map((each) => ({
        issued: each,
        actual: history.slice(each.origin, each.origin + DAYS),
      })),
    );
    assert.ok((held[80] ?? 0) > 0.75 && (held[80] ?? 1) < 0.85, `${yearly}: ${held[80]}`);
  }
});
