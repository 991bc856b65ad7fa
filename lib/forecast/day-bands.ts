import { adaptedLevels } from "./adapted-levels.ts";
import { type Bounds, type PerBand, perBand } from "./band-levels.ts";
import { wideningFor } from "./maturity.ts";
import type { PastForecast } from "./past-forecast.ts";
import { sortedQuantile } from "./statistics.ts";

/** Days ahead whose errors are alike, and the half-widths of a series without errors of its own. */
type Bucket = {
  readonly lastDay: number;
  /** How many single-day errors of one forecast count as one independent error. */
  readonly alike: number;
  readonly defaults: PerBand;
};

/**
 * Half-widths in units of the error scale. 80 % and 95 % up to day 30 as
 * published with the method; 50 % and later days measured on one half of the
 * benchmark's series, and found within 0.2 (80 %) on the other half.
 */
const BUCKETS: readonly Bucket[] = [
  { lastDay: 1, alike: 1, defaults: { 50: 0.5, 80: 1.2, 95: 3.0 } },
  { lastDay: 3, alike: 1.4, defaults: { 50: 0.5, 80: 1.25, 95: 3.0 } },
  { lastDay: 7, alike: 2.8, defaults: { 50: 0.53, 80: 1.25, 95: 3.0 } },
  { lastDay: 14, alike: 4.9, defaults: { 50: 0.57, 80: 1.4, 95: 3.2 } },
  { lastDay: 21, alike: 4.9, defaults: { 50: 0.63, 80: 1.6, 95: 3.5 } },
  { lastDay: 30, alike: 6.3, defaults: { 50: 0.66, 80: 1.65, 95: 3.5 } },
  { lastDay: 60, alike: 21, defaults: { 50: 0.73, 80: 1.82, 95: 3.7 } },
  { lastDay: Number.POSITIVE_INFINITY, alike: 21, defaults: { 50: 0.8, 80: 2.02, 95: 4.0 } },
];

const FEWEST_ERRORS = 4;
/** So many independent errors weigh as much as the defaults. */
const PRIOR_ERRORS = 6;

/** Half-widths of the bands in units of the error scale: one entry for each distance whose errors are alike, nearest first. */
export type LearnedWidths = readonly PerBand[];

/**
 * What past errors teach: quantiles of the series' own at each distance, blended
 * with defaults until there are enough of them. Defaults alone hold 66 to 90 %
 * in place of 80 %, depending on the kind of series; own errors repair that, and
 * what past bands held tells how far into them the next ones must reach.
 *
 * @param days How many days of history the forecast is made from.
 */
export function learnWidths(past: readonly PastForecast[], days: number): LearnedWidths {
  const errors = errorsByBucket(past);
  const levels = adaptedLevels(past);
  return BUCKETS.map((bucket, index) => halfWidths(bucket, errors[index] ?? [], levels, days));
}

/** The bands of these widths around a forecast; nothing below zero. */
export function bandsAround(
  point: readonly number[],
  scale: number,
  widths: LearnedWidths,
): PerBand<Bounds> {
  const ahead = widthsAhead(widths, point.length);
  const reach = (day: number, level: keyof PerBand) => (ahead[day]?.[level] ?? 0) * scale;
  return perBand((level) => ({
    low: point.map((value, day) => Math.max(0, value - reach(day, level))),
    high: point.map((value, day) => value + reach(day, level)),
  }));
}

/** Those of each day ahead. */
function widthsAhead(widths: LearnedWidths, horizon: number): PerBand[] {
  return Array.from(
    { length: horizon },
    (_, ahead) => widths[bucketOf(ahead)] ?? { 50: 0, 80: 0, 95: 0 },
  );
}

function halfWidths(
  { alike, defaults }: Bucket,
  errors: readonly number[],
  levels: PerBand,
  days: number,
): PerBand {
  const independent = errors.length / alike;
  const weight = errors.length >= FEWEST_ERRORS ? independent / (independent + PRIOR_ERRORS) : 0;
  const sorted = new Float64Array(errors).sort();
  return perBand((level) => {
    const share = levels[level];
    const own = weight > 0 ? sortedQuantile(sorted, share) : 0;
    return weight * own + (1 - weight) * defaultAt(share, defaults) * wideningFor(days);
  });
}

/** The default half-width that holds a share of days: on the line through the two bands around it, or next to it. */
function defaultAt(share: number, { 50: half, 80: most, 95: all }: PerBand): number {
  if (share <= 0.5) return (half * share) / 0.5;
  if (share <= 0.8) return half + ((most - half) * (share - 0.5)) / 0.3;
  return most + ((all - most) * (share - 0.8)) / 0.15;
}

/** Absolute errors in units of the scale of their own forecast. */
function errorsByBucket(past: readonly PastForecast[]): number[][] {
  const errors: number[][] = BUCKETS.map(() => []);
  for (const { scale, point, actual } of past) {
    for (const [ahead, value] of actual.entries()) {
      const expected = point[ahead];
      if (value === null || expected === undefined) continue;
      errors[bucketOf(ahead)]?.push(Math.abs(value - expected) / scale);
    }
  }
  return errors;
}

function bucketOf(ahead: number): number {
  let index = 0;
  while (ahead + 1 > (BUCKETS[index]?.lastDay ?? Number.POSITIVE_INFINITY)) index++;
  return index;
}
