import { dayStart, hourStart, offsetAt } from "./zone.ts";

/** Spans of the calendar that figures are told by; weeks begin on Monday (ISO 8601). */
export type CalendarUnit = "hour" | "day" | "week" | "month";

const DAY_MS = 86_400_000;

/** Epoch milliseconds of the start of the zone's unit that holds the instant. */
export function unitStart(ms: number, unit: CalendarUnit, timeZone: string): number {
  if (unit === "hour") return hourStart(ms, timeZone);
  if (unit === "day") return dayStart(ms, timeZone);
  const date = localDate(ms, timeZone);
  if (unit === "month") return startOfDate(date.year, date.month, 1, timeZone);
  return startOfDate(date.year, date.month, date.day - (date.weekday - 1), timeZone);
}

/** Epoch milliseconds of the start of the unit after the one that holds the instant. */
export function nextUnitStart(ms: number, unit: CalendarUnit, timeZone: string): number {
  if (unit === "hour") return firstStartAfter(hourStart(ms, timeZone), timeZone);
  const date = localDate(ms, timeZone);
  if (unit === "month") return startOfDate(date.year, date.month + 1, 1, timeZone);
  const days = unit === "day" ? 1 : 8 - date.weekday;
  return startOfDate(date.year, date.month, date.day + days, timeZone);
}

/**
 * The starts of all units that touch [from, to), and the end of the last: n + 1
 * ascending instants for n units.
 *
 * @throws {RangeError} when there are more than `max` units.
 */
export function unitEdges(
  from: number,
  to: number,
  unit: CalendarUnit,
  timeZone: string,
  max: number,
): number[] {
  const edges = [unitStart(from, unit, timeZone)];
  let last = edges[0] ?? from;
  while (last < to) {
    if (edges.length > max) throw new RangeError(`more than ${max} ${unit}s`);
    last = nextUnitStart(last, unit, timeZone);
    edges.push(last);
  }
  return edges;
}

/** The zone's date at an instant as `2026-11-22`. */
export function localDay(ms: number, timeZone: string): string {
  const local = new Date(ms + offsetAt(ms, timeZone));
  return local.toISOString().slice(0, 10);
}

/** The zone's date at an instant; `month` from 1, `weekday` from 1 (Monday) to 7. */
export function localDate(
  ms: number,
  timeZone: string,
): { year: number; month: number; day: number; weekday: number } {
  const local = new Date(ms + offsetAt(ms, timeZone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    weekday: local.getUTCDay() === 0 ? 7 : local.getUTCDay(),
  };
}

/**
 * The first instant of a date in the zone. Months and days may run over, as in
 * Date.UTC. A date that the zone left out (Samoa, 2011-12-30) gives the next.
 */
export function startOfDate(year: number, month: number, day: number, timeZone: string): number {
  const midnight = Date.UTC(year, month - 1, day);
  // Noon exists on every date and belongs to no other.
  const noon = midnight + DAY_MS / 2;
  return dayStart(noon - offsetAt(noon - offsetAt(noon, timeZone), timeZone), timeZone);
}

/** Hours are at most 3,600,000 ms; a change of the clock may end one early. */
function firstStartAfter(start: number, timeZone: string): number {
  const full = start + 3_600_000;
  const next = hourStart(full, timeZone);
  if (next === start) throw new Error("an hour of more than sixty minutes");
  // When the hour was cut, its successor may itself have ended within sixty minutes.
  const before = hourStart(next - 1, timeZone);
  return before === start ? next : before;
}
