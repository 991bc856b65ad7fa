import type { SqlClient, Tx } from "#lib/db/client.ts";
import { localDate, startOfDate } from "#lib/time/calendar.ts";

const DAY_MS = 86_400_000;

/** The organisation's IANA zone. */
export async function organizationZone(sql: SqlClient | Tx): Promise<string> {
  const [row] = await sql<{ time_zone: string }[]>`select time_zone from organization`;
  return row?.time_zone ?? "UTC";
}

/** Epoch milliseconds of the start of a date (`2026-11-22`) in the zone. */
export function startOfDay(day: string, timeZone: string): number {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return startOfDate(year, month, date, timeZone);
}

/** The zone's date at an instant, as `2026-11-22`. */
export function dayOf(ms: number, timeZone: string): string {
  const { year, month, day } = localDate(ms, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The date so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether it is a date of the calendar from 1970 to 2199, as `2026-11-22`. */
export function isDay(text: string): boolean {
  if (!/^(19[7-9]\d|2[01]\d\d)-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}
