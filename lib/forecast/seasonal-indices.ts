import { mean } from "./statistics.ts";
import { WEEK } from "./weekday-level.ts";

const HALF = 3;

/**
 * What each day of the week lies above or below the level, by the classical
 * additive decomposition: the mean distance from a centred moving average of
 * seven days. Index 0 is the weekday of the first value; they add up to zero.
 */
export function seasonalIndices(values: ArrayLike<number>): Float64Array {
  const totals = new Float64Array(WEEK);
  const counts = new Float64Array(WEEK);
  for (let day = HALF; day < values.length - HALF; day++) {
    let around = 0;
    for (let step = -HALF; step <= HALF; step++) around += values[day + step] ?? 0;
    const phase = day % WEEK;
    totals[phase] = (totals[phase] ?? 0) + ((values[day] ?? 0) - around / WEEK);
    counts[phase] = (counts[phase] ?? 0) + 1;
  }
  const indices = totals.map((total, phase) => (counts[phase] ? total / (counts[phase] ?? 1) : 0));
  const centre = mean(indices);
  return indices.map((index) => index - centre);
}
