import { mean } from "#lib/forecast/statistics.ts";
import type { DetectorState, PastDay } from "./detector-state.ts";
import type { Sensitivity } from "./sensitivity.ts";

/** Flagged days this close belong to one incident. */
export const INCIDENT_GAP_DAYS = 3;

/**
 * Adds a flagged day to the newest incident, or opens one, and says whether it
 * is worth a message: when the incident has cost a typical day, when the day is
 * far larger than any of the two weeks before, or when spend has gone.
 *
 * @param before The state before that day.
 */
export function noticeOf(
  before: DetectorState,
  day: PastDay,
  hasGone: boolean,
  { noticeDays, noticeTimesLargest }: Sensitivity,
): { readonly incident: DetectorState["incident"]; readonly isNotable: boolean } {
  const last = before.incident;
  const continues = last !== null && before.days - last.lastDay <= INCIDENT_GAP_DAYS;
  const excess = (continues ? last.excess : 0) + day.actual - day.expected;
  const past = before.recent.map(({ actual }) => actual);
  const isNotable =
    hasGone ||
    Math.abs(excess) >= noticeDays * mean(past) ||
    day.actual >= noticeTimesLargest * Math.max(...past.slice(-14));
  return { incident: { lastDay: before.days, excess }, isNotable };
}
