import { mean, sum } from "./statistics.ts";
import { seasonalNaive, WEEK, weekdayMedian } from "./weekday-level.ts";

/** Spend going on as it did on average: no forecast, and to be labelled so. */
export type RunRate = {
  readonly label: "run rate";
  readonly perDay: number;
  readonly total: number;
  /** The complete days that it comes from. */
  readonly days: number;
};

/**
 * The run rate of a series that has not enough data for a forecast; null when
 * it has none. Its error in the first ten days of a month is twice that of the
 * forecast, which is why it is never shown in a forecast's place.
 */
export function runRate(history: readonly (number | null)[], horizon: number): RunRate | null {
  const known = history.filter((value) => value !== null);
  if (known.length === 0) return null;
  const perDay = mean(known);
  return { label: "run rate", perDay, total: perDay * horizon, days: known.length };
}

/**
 * What each of the next seven days spends relative to an average day, for
 * example of the whole organisation. All ones when it has spent nothing or is
 * too young to know.
 */
export function weekdayProfile(values: readonly number[]): number[] {
  const week = values.length < 2 * WEEK ? [] : weekdayMedian(values, WEEK);
  const level = mean(week);
  if (!(level > 0)) return Array(WEEK).fill(1);
  return week.map((value) => value / level);
}

/**
 * An early estimate for a series of under two weeks: its own mean level, spread
 * over the week as the organisation's spend is; from a full week on the mean of
 * that and of its own last week.
 *
 * @param profile As from {@link weekdayProfile}; its first entry is the first day ahead.
 */
export function earlyEstimate(
  values: readonly number[],
  horizon: number,
  profile: readonly number[],
): number[] {
  if (values.length === 0) return Array(horizon).fill(0);
  const factorAt = (ahead: number) => profile[((ahead % WEEK) + WEEK) % WEEK] ?? 1;
  const factors = values.map((_, day) => factorAt(day - values.length));
  const covered = sum(factors);
  const level = covered > 0 ? sum(values) / covered : mean(values);
  const own = values.length < WEEK ? null : seasonalNaive(values, horizon);
  return Array.from({ length: horizon }, (_, ahead) => {
    const estimate = level * factorAt(ahead);
    return own === null ? estimate : (estimate + (own[ahead] ?? 0)) / 2;
  });
}
