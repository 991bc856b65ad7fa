const WEEK = 7;

/**
 * What each day of a period weighs for its pace: as its weekday usually spends.
 * Where none of the days usually has any spend they weigh alike.
 *
 * @param today The place of today among the days.
 * @param profile Relative weights of the weekdays, today's first.
 */
export function dayWeights(days: number, today: number, profile: readonly number[]): number[] {
  const weights = Array.from({ length: days }, (_, index) => {
    return profile[(((index - today) % WEEK) + WEEK) % WEEK] ?? 1;
  });
  return weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
}
