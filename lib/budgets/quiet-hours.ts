import { localDate, startOfDate } from "#lib/time/calendar.ts";
import { offsetAt } from "#lib/time/zone.ts";
import type { QuietHours } from "./budget.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** When the quiet hours that hold `now` end, in epoch milliseconds; null outside of them. */
export function quietUntil(hours: QuietHours | null, now: number, timeZone: string): number | null {
  if (hours === null || hours.from === hours.to) return null;
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
  const local = now + offsetAt(now, timeZone);
  const minute = (((local % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS;
  const isOverMidnight = from > to;
  const isQuiet = isOverMidnight ? minute >= from || minute < to : minute >= from && minute < to;
  if (!isQuiet) return null;
  const isNextDay = isOverMidnight && minute >= from;
  const { year, month, day } = localDate(now, timeZone);
  return clockTime(year, month, isNextDay ? day + 1 : day, to, timeZone);
}

/** A time of the clock on a date; one that the clock leaves out comes as much later. */
function clockTime(
  year: number,
  month: number,
  day: number,
  minutes: number,
  timeZone: string,
): number {
  const start = startOfDate(year, month, day, timeZone);
  const wanted = Date.UTC(year, month - 1, day) + minutes * MINUTE_MS;
  const guess = wanted - offsetAt(start, timeZone);
  return Math.max(start, wanted - offsetAt(guess, timeZone));
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
