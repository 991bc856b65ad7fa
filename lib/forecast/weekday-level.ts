import { mean, median } from "./statistics.ts";

/** Days in the season of daily spend. The period is set, never detected: detection misleads. */
export const WEEK = 7;

/** Each forecast day is the median of the last `weeks` same weekdays. Ignores single odd days. */
export function weekdayMedian(
  values: ArrayLike<number>,
  horizon: number,
  weeks: number = 6,
): number[] {
  const week = nextWeek(values, (past) => median(past.slice(0, weeks)));
  return repeatWeek(week, horizon);
}

/**
 * Each forecast day is the mean of all same weekdays, a week ago weighing 1, two
 * weeks `decay`, three its square. Slower than the other models, so that it
 * steadies their mean at a month's distance.
 */
export function weekdayDecay(
  values: ArrayLike<number>,
  horizon: number,
  decay: number = 0.9,
): number[] {
  const week = nextWeek(values, (past) => {
    let [total, weights, weight] = [0, 0, 1];
    for (const value of past) {
      total += weight * value;
      weights += weight;
      weight *= decay;
    }
    return total / weights;
  });
  return repeatWeek(week, horizon);
}

/** Each forecast day repeats its weekday of last week: the yardstick that others must beat. */
export function seasonalNaive(values: ArrayLike<number>, horizon: number): number[] {
  return weekdayMedian(values, horizon, 1);
}

/** One figure for each of the next seven days from its past values, newest first. */
function nextWeek(values: ArrayLike<number>, level: (past: number[]) => number): number[] {
  return Array.from({ length: WEEK }, (_, ahead) => {
    const past: number[] = [];
    for (let day = values.length + ahead - WEEK; day >= 0; day -= WEEK) past.push(values[day] ?? 0);
    return past.length === 0 ? mean(values) : level(past);
  });
}

function repeatWeek(week: readonly number[], horizon: number): number[] {
  return Array.from({ length: horizon }, (_, ahead) => week[ahead % WEEK] ?? 0);
}
