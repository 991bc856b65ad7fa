import { mean } from "./statistics.ts";
import { WEEK } from "./weekday-level.ts";

/** No error is measured in less than this share of the level, or in nothing. */
const LEAST_SHARE = 0.02;
const LEAST = 1e-9;

/**
 * The unit that errors of a series are measured in: how much a day differs from
 * the same day a week before, on average. In it, errors of large and small
 * teams compare, and a forecast of 1 is as good as repeating last week.
 */
export function errorScale(values: readonly number[]): number {
  const level = mean(values.map(Math.abs));
  if (values.length <= WEEK) {
    const centre = mean(values);
    const spread = mean(values.map((value) => Math.abs(value - centre)));
    return Math.max(LEAST, spread || 0, 0.1 * level || 0);
  }
  let total = 0;
  for (let day = WEEK; day < values.length; day++) {
    total += Math.abs((values[day] ?? 0) - (values[day - WEEK] ?? 0));
  }
  return Math.max(LEAST, total / (values.length - WEEK), LEAST_SHARE * level);
}
