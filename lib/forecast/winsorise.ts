import { rollingMedian } from "./rolling-median.ts";
import { median, robustDeviation } from "./statistics.ts";
import { WEEK } from "./weekday-level.ts";

/** How many robust deviations from its expected value a day may keep. */
const LIMIT = 4;

/**
 * Pulls days that lie further than four robust deviations from their local
 * level and weekday back to that distance, so that one burst does not bend the
 * models that are fitted next. Histories under two weeks, and those
 * that never deviate, stay as they are.
 */
export function winsorise(values: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(values);
  if (values.length < 2 * WEEK) return kept;
  const level = rollingMedian(kept, WEEK);
  const profile = weekdayMedians(kept.map((value, day) => value - (level[day] ?? 0)));
  const expected = level.map((value, day) => value + (profile[day % WEEK] ?? 0));
  const errors = kept.map((value, day) => value - (expected[day] ?? 0));
  const most = LIMIT * robustDeviation(errors);
  if (!(most > 0)) return kept;
  return kept.map((value, day) => {
    const error = errors[day] ?? 0;
    return Math.abs(error) > most ? (expected[day] ?? 0) + Math.sign(error) * most : value;
  });
}

function weekdayMedians(values: Float64Array): number[] {
  return Array.from({ length: WEEK }, (_, phase) => {
    const same: number[] = [];
    for (let day = phase; day < values.length; day += WEEK) same.push(values[day] ?? 0);
    return median(same);
  });
}
