import { type SmoothingStart, smooth } from "./exponential-smoothing.ts";
import { hasStopped } from "./has-stopped.ts";
import { mean } from "./statistics.ts";
import { theta } from "./theta.ts";
import { WEEK, weekdayDecay, weekdayMedian } from "./weekday-level.ts";
import { winsorise } from "./winsorise.ts";

/** From this many days on the mean of several models beats the weekday median alone. */
export const ENSEMBLE_DAYS = 42;
/** Older days are left out: they add time, not accuracy. */
export const MOST_DAYS = 365;

export type PointForecast = {
  readonly point: number[];
  /** For the fit of the same series a day or a week later; null while no fit was made. */
  readonly start: SmoothingStart | null;
};

/**
 * The expected spend of each of the next days: from six weeks of history on the
 * mean of weekday median, exponential smoothing and Theta, from the second week
 * ahead also of the decaying weekday mean; before that the weekday median
 * alone; under a week the mean. Nothing for what has stopped; never below zero.
 *
 * The members err differently, which is why their mean beats each. The first
 * three come from a benchmark on 159 public daily series. The fourth lowers the
 * 30-day error by 1.5 % or more on both halves of the 41 published series, yet
 * is too slow for the first days.
 *
 * @param values Complete days, oldest first, without gaps (see impute.ts).
 */
export function pointForecast(
  values: readonly number[],
  horizon: number,
  start: SmoothingStart | null = null,
): PointForecast {
  const recent = values.slice(-MOST_DAYS);
  if (recent.length === 0 || hasStopped(recent)) {
    return { point: Array(horizon).fill(0), start: null };
  }
  if (recent.length < ENSEMBLE_DAYS) {
    const point =
      recent.length < WEEK ? Array(horizon).fill(mean(recent)) : weekdayMedian(recent, horizon);
    return { point: point.map(atLeastZero), start: null };
  }
  const tamed = winsorise(recent);
  const smoothed = smooth(tamed, horizon, start);
  const quick = [weekdayMedian(recent, horizon), smoothed.point, theta(tamed, horizon)];
  const all = [...quick, weekdayDecay(tamed, horizon)];
  const point = smoothed.point.map((_, ahead) =>
    mean((ahead < WEEK ? quick : all).map((member) => member[ahead] ?? 0)),
  );
  return { point: point.map(atLeastZero), start: smoothed.start };
}

function atLeastZero(value: number): number {
  return Math.max(0, value);
}
