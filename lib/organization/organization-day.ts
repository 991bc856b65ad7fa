import { startOfDate } from "#lib/time/calendar.ts";

/** Epoch milliseconds of the start of a date (`2026-11-22`) in the zone. */
export function startOfDay(day: string, timeZone: string): number {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return startOfDate(year, month, date, timeZone);
}
