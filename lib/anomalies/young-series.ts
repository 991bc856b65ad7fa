import { sum } from "#lib/forecast/statistics.ts";
import { WEEK } from "#lib/forecast/weekday-level.ts";
import type { Judged } from "./daily-detector.ts";
import type { DetectorState } from "./detector-state.ts";
import { remember, rememberUnknown } from "./masked-history.ts";

const TIMES_LARGEST = 2;

/**
 * Judges a day of a series under four weeks, whose errors say nothing yet:
 * flagged when it is twice the largest of the last seven days. That finds half
 * of threefold spikes and hardly ever errs; budgets' alerts guard the rest.
 *
 * @param expected The forecast of the day; null under two weeks.
 */
export function judgeYoungDay(
  state: DetectorState,
  actual: number | null,
  expected: number | null,
): Judged {
  const verdict = { expected: null, range: null, anomaly: null };
  if (actual === null) {
    const usual = state.masked.at(-WEEK) ?? state.masked.at(-1);
    // Nothing has been seen, so nothing is missing.
    return { state: usual === undefined ? state : rememberUnknown(state, usual), verdict };
  }
  // Without an expectation there is no error, which this day's own value says.
  const day = { actual, expected: expected ?? actual };
  const learned = remember(state, day);
  const next = expected === null ? { ...learned, errors: [] } : learned;
  if (!isBurst(state, actual)) return { state: next, verdict };
  const anomaly = { kind: "burst", direction: 1, isNotable: true, isNewLevel: false } as const;
  return {
    state: { ...next, incident: { lastDay: state.days, excess: 0 } },
    verdict: { ...verdict, anomaly },
  };
}

function isBurst({ recent }: DetectorState, actual: number): boolean {
  const week = recent.slice(-WEEK).map((day) => day.actual);
  return week.length === WEEK && sum(week) > 0 && actual >= TIMES_LARGEST * Math.max(...week);
}
