import { WEEK } from "./weekday-level.ts";

/** A neighbour of the same weekday counts up to this many weeks away. */
const FARTHEST_WEEKS = 5;

/**
 * Fills the days whose spend is unknown (a broken feed, an excluded span) from
 * the same weekday before and after, else from the line between the nearest
 * known days. Unknown is never zero: a zero would pull the level down.
 */
export function impute(history: readonly (number | null)[]): number[] {
  return history.map((value, day) => value ?? sameWeekday(history, day) ?? between(history, day));
}

function sameWeekday(history: readonly (number | null)[], day: number): number | null {
  const before = firstKnown(history, day, -WEEK);
  const after = firstKnown(history, day, WEEK);
  if (before === null || after === null) return before ?? after;
  return (before + after) / 2;
}

function firstKnown(history: readonly (number | null)[], day: number, step: number): number | null {
  for (let weeks = 1; weeks <= FARTHEST_WEEKS; weeks++) {
    const value = history[day + weeks * step];
    if (value !== undefined && value !== null) return value;
  }
  return null;
}

function between(history: readonly (number | null)[], day: number): number {
  const before = history.findLastIndex((value, index) => index < day && value !== null);
  const after = history.findIndex((value, index) => index > day && value !== null);
  const low = history[before] ?? null;
  const high = history[after] ?? null;
  if (low === null || high === null) return low ?? high ?? 0;
  return low + ((high - low) * (day - before)) / (after - before);
}
