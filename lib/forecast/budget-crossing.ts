import type { Forecast } from "./forecast-series.ts";
import { totalHalfWidths } from "./total-band.ts";

/** Days ahead, 0 being the forecast's first day; null when it is not crossed within the days left. */
export type Crossing = {
  readonly expected: number | null;
  /** With spend at the upper and the lower edge of the 80 % band of the sum. */
  readonly earliest: number | null;
  readonly latest: number | null;
};

/**
 * The day on which spend since the period's start reaches a budget's limit.
 *
 * @param spent Spend of the period's complete days.
 */
export function budgetCrossing(
  limit: number,
  spent: number,
  forecast: Forecast,
  daysLeft: number,
): Crossing {
  const reach = { expected: spent, low: spent, high: spent };
  const crossing: { -readonly [Name in keyof Crossing]: number | null } = {
    expected: null,
    earliest: null,
    latest: null,
  };
  for (const [ahead, value] of forecast.point.slice(0, daysLeft).entries()) {
    const width = totalHalfWidths(forecast.past, ahead + 1, forecast)[80];
    reach.expected += value;
    // Spend never goes back, whatever a band does from one day to the next.
    reach.low = Math.max(reach.low, reach.expected - width);
    reach.high = Math.max(reach.high, reach.expected + width);
    if (reach.expected >= limit) crossing.expected ??= ahead;
    if (reach.high >= limit) crossing.earliest ??= ahead;
    if (reach.low >= limit) crossing.latest ??= ahead;
  }
  return crossing;
}
