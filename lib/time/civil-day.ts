import { localDate, startOfDate } from "./calendar.ts";

/**
 * A day of the calendar as a count of days since 1970-01-01, and as the text
 * "2026-11-22". Charges and cost models hold whole days of the organisation's
 * zone, so that their arithmetic knows no clock and no zone.
 */
export type CivilDay = number;

const DAY_MS = 86_400_000;
const TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;

/** @throws {RangeError} on what is no date of the calendar. */
export function parseDay(text: string): CivilDay {
  const [, year, month, day] = TEXT.exec(text) ?? [];
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const found = ms / DAY_MS;
  if (!Number.isInteger(found) || dayText(found) !== text) {
    throw new RangeError(`not a date: ${JSON.stringify(text)}`);
  }
  return found;
}

export function dayText(day: CivilDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The zone's day at an instant. */
export function civilDayAt(ms: number, timeZone: string): CivilDay {
  const { year, month, day } = localDate(ms, timeZone);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The first instant of a day in a zone, in epoch milliseconds. */
export function startOfDay(day: CivilDay, timeZone: string): number {
  const date = new Date(day * DAY_MS);
  return startOfDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), timeZone);
}

/** The first day of the month that holds the day. */
export function monthOf(day: CivilDay): CivilDay {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS;
}

/**
 * The day so many months later; the last of the month where it has no such
 * day, so that what began on the 31st goes on at each month's end.
 */
export function addMonths(day: CivilDay, months: number): CivilDay {
  const date = new Date(day * DAY_MS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY_MS;
}
