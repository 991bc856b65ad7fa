import { type PerBand, perBand } from "./band-levels.ts";
import { wideningFor } from "./maturity.ts";
import type { PastForecast } from "./past-forecast.ts";
import { quantile } from "./statistics.ts";

/** Errors of sums grow with days^0.75: neighbouring days err alike, yet not wholly. */
const GROWTH = 0.75;

/** Past forecasts must reach this share of the days that are summed. */
const REACH = 0.6;
const FEWEST_SUMS = 4;
const PRIOR_SUMS = 12;

/**
 * Half-widths for a series without errors of its own, in units of scale x
 * days^0.75. Measured on one half of the benchmark's series; within 0.3 (80 %)
 * on the other half.
 */
const DEFAULTS: readonly { readonly mostDays: number; readonly widths: PerBand }[] = [
  { mostDays: 7, widths: { 50: 0.59, 80: 1.4, 95: 2.8 } },
  { mostDays: 15, widths: { 50: 0.74, 80: 1.6, 95: 3.5 } },
  { mostDays: 31, widths: { 50: 0.82, 80: 1.9, 95: 3.9 } },
  { mostDays: 60, widths: { 50: 0.97, 80: 2.6, 95: 6.0 } },
  { mostDays: Number.POSITIVE_INFINITY, widths: { 50: 1.2, 80: 3.2, 95: 7.0 } },
];

/**
 * Half-widths, in money, of the bands around the total of the next `days` days:
 * from past errors of such totals, blended with defaults. The bands of a sum
 * are not the sum of daily bands, which would be far too wide.
 */
export function totalHalfWidths(
  past: readonly PastForecast[],
  days: number,
  { scale, history }: { readonly scale: number; readonly history: ArrayLike<number> },
): PerBand {
  const errors = past.flatMap((forecast) => sumError(forecast, days) ?? []);
  const weight = errors.length >= FEWEST_SUMS ? errors.length / (errors.length + PRIOR_SUMS) : 0;
  const defaults = DEFAULTS.find(({ mostDays }) => days <= mostDays)?.widths;
  return perBand((level) => {
    const own = weight > 0 ? quantile(errors, level / 100) : 0;
    const usual = (defaults?.[level] ?? 0) * wideningFor(history.length);
    return (weight * own + (1 - weight) * usual) * scale * days ** GROWTH;
  });
}

/** The absolute error of one past total in units of scale x days^0.75; null when too few days are over. */
function sumError({ scale, point, actual }: PastForecast, days: number): number | null {
  const over = Math.min(point.length, actual.length, days);
  if (over < Math.max(1, Math.floor(days * REACH))) return null;
  let [error, known] = [0, 0];
  for (let ahead = 0; ahead < over; ahead++) {
    const value = actual[ahead] ?? null;
    if (value === null) continue;
    error += value - (point[ahead] ?? 0);
    known++;
  }
  return known === over ? Math.abs(error) / (scale * over ** GROWTH) : null;
}
