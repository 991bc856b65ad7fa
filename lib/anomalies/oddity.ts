import { mean } from "#lib/forecast/statistics.ts";
import { WEEK } from "#lib/forecast/weekday-level.ts";
import { type DetectorState, deviationOf, type JudgedDay } from "./detector-state.ts";
import type { Sensitivity } from "./sensitivity.ts";

/** How one day stands out by itself. */
export type Oddity = "spike" | "fall" | "gone" | "new";

/** Spend that is expected to be under this share of the level is not missed when absent. */
const USUALLY_SPENDING = 0.2;
/** Spend has gone below this share of what is expected… */
const GONE_SHARE = 0.2;
/** …and of the least of the same weekdays. */
const LEAST_SHARE = 0.5;
const WEEKS = 8;

/** Says whether a day leaves the expected range by deviations, percent and money at once. */
export function oddityOf(
  state: DetectorState,
  day: JudgedDay,
  { deviations, share, amount }: Sensitivity,
): Oddity | null {
  const excess = day.actual - day.expected;
  const size = Math.abs(excess);
  const matters = size >= share * Math.max(day.expected, 1e-9) && size >= amount && size > 0;
  if (matters && Math.abs(deviationOf(day)) > deviations) {
    if (excess < 0) return "fall";
    return state.masked.some((value) => value > 0) ? "spike" : "new";
  }
  return -excess >= amount && hasGone(state, day) ? "gone" : null;
}

/**
 * Spend that stopped, on a series too noisy for deviations to say so: far below
 * what is expected and below anything that this weekday has seen in eight weeks.
 */
function hasGone({ masked }: DetectorState, { actual, expected }: JudgedDay): boolean {
  if (!(expected > USUALLY_SPENDING * mean(masked)) || !(actual < GONE_SHARE * expected)) {
    return false;
  }
  const sameWeekdays = Array.from({ length: WEEKS }, (_, week) => masked.at(-WEEK * (week + 1)));
  const least = Math.min(...sameWeekdays.filter((value) => value !== undefined));
  return actual < LEAST_SHARE * least;
}
