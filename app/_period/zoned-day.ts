import { dayStart, offsetAt } from "#lib/time/zone.ts";

/** A calendar day, "2026-11-22", of whatever zone it is asked for in. */
export type Day = string;

const DAY_MS = 86_400_000;

/** The calendar day that `moment` falls on in the zone. */
export function dayOf(moment: Date, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(moment);
  return parts;
}

/** Calendar arithmetic; has nothing to do with hours. */
export function addDays(day: Day, days: number): Day {
  return isoDay(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));
}

/** The first day of the month `months` after the day's own. */
export function startOfMonth(day: Day, months = 0): Day {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  return isoDay(new Date(Date.UTC(year, month - 1 + months, 1)));
}

/** Whole days from one day to the other. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Whether the text is a day that the calendar has. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && isoDay(moment) === text;
}

/** The instant at which the day begins in the zone. */
export function startOfDay(day: Day, timeZone: string): Date {
  // Noon by the clock there: no zone changes its clock by half a day around it.
  const noon = Date.parse(`${day}T12:00:00Z`);
  return new Date(dayStart(noon - offsetAt(noon, timeZone), timeZone));
}

function isoDay(moment: Date): Day {
  return moment.toISOString().slice(0, 10);
}
