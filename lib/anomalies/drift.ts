import { mean } from "#lib/forecast/statistics.ts";
import {
  type DetectorState,
  type Direction,
  type Drift,
  deviationOf,
  type JudgedDay,
  NO_DRIFT,
} from "./detector-state.ts";
import type { Sensitivity } from "./sensitivity.ts";

/** Deviations up to this many scales are noise; each day counts at most the limit. */
const SLACK = 0.75;
const LIMIT = 3;
/** Cumulated deviations that make a drift. */
const THRESHOLD = 6;
/** The week's mean must have moved by this part of what a single day must, and its sum by a day's least amount. */
const SHARE_OF_WEEK = 0.25;
const WEEK = 7;

/**
 * Watches for ramps that no single day gives away, by cumulated sums (Page,
 * Biometrika 41, 1954) of the one-day deviations.
 *
 * @param mayReport Whether a drift would be news: not on a day that is flagged by itself.
 */
export function watchDrift(
  state: DetectorState,
  day: JudgedDay,
  { share, amount }: Sensitivity,
  mayReport: boolean,
): { readonly drift: Drift; readonly direction: Direction | null } {
  const deviation = Math.max(-LIMIT, Math.min(LIMIT, deviationOf(day)));
  const up = Math.max(0, state.drift.up + deviation - SLACK);
  const down = Math.max(0, state.drift.down - deviation - SLACK);
  if (!mayReport || (up <= THRESHOLD && down <= THRESHOLD)) {
    return { drift: { up, down }, direction: null };
  }
  const week = [...state.recent.slice(1 - WEEK), day];
  const expected = mean(week.map((past) => past.expected));
  const moved = mean(week.map((past) => past.actual)) - expected;
  const matters =
    Math.abs(moved / Math.max(expected, 1e-9)) >= share * SHARE_OF_WEEK &&
    Math.abs(moved) * WEEK >= amount;
  return { drift: NO_DRIFT, direction: matters ? (up > THRESHOLD ? 1 : -1) : null };
}
