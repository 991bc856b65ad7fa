import { localDay, nextUnitStart } from "#lib/time/calendar.ts";
import { dayStart } from "#lib/time/zone.ts";

const DAY_MS = 86_400_000;
/** Of history; older days add time, not accuracy. */
export const HISTORY_DAYS = 365;

/** The days that series are read on: the organisation's, by the date they have there. */
export type SeriesCalendar = {
  readonly timeZone: string;
  /** Starts of the complete days, oldest first; then that of the running day. */
  readonly starts: readonly number[];
  /** The running day, as 2026-11-22. */
  readonly today: string;
  /** When the running day ends. */
  readonly tomorrow: number;
};

export function seriesCalendar(now: number, timeZone: string): SeriesCalendar {
  const today = dayStart(now, timeZone);
  const starts: number[] = [];
  // A day of the zone has at most 25 hours.
  let day = dayStart(today - HISTORY_DAYS * DAY_MS + DAY_MS / 2, timeZone);
  for (; day < today; day = nextUnitStart(day, "day", timeZone)) starts.push(day);
  starts.push(today);
  return {
    timeZone,
    starts,
    today: localDay(today, timeZone),
    tomorrow: nextUnitStart(today, "day", timeZone),
  };
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The date so many days later. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Days on which nothing at all arrived although the same weekday of at least
 * three of the last four weeks had usage: the feed was broken, and what was
 * spent is unknown. After two such weeks it is believed that spend has ended.
 *
 * @param hasUsage One entry for each complete day, oldest first.
 */
export function brokenDays(hasUsage: readonly boolean[]): boolean[] {
  return hasUsage.map((has, day) => {
    if (has) return false;
    const before = [7, 14, 21, 28].map((back) => hasUsage[day - back] === true);
    return before.filter(Boolean).length >= 3;
  });
}
