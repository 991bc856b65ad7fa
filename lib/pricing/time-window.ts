import type { TimeWindow } from "./price-book.ts";

const FORMATTERS = new Map<string, Intl.DateTimeFormat>();
const WEEKDAYS: Readonly<Record<string, number>> = {
  Mon: 1,
  Tue: 2,
  Wed: 3,
  Thu: 4,
  Fri: 5,
  Sat: 6,
  Sun: 7,
};

/** Whether an instant lies in the window, by the clock and calendar of the window's zone. */
export function isWithinWindow(window: TimeWindow, atMs: number): boolean {
  const local = localTime(window.tz, atMs);
  if (window.weekdays !== null && !window.weekdays.includes(local.weekday)) return false;
  if (window.exceptDates.includes(local.date)) return false;
  return local.minute >= window.fromMinute && local.minute < window.toMinute;
}

/**
 * The longest block of time, in milliseconds, in which no edge of these windows
 * can fall: zones differ from UTC by multiples of a quarter of an hour.
 */
export function steadyBlockMs(windows: readonly TimeWindow[]): number {
  const quarterly = windows.every(
    ({ fromMinute, toMinute }) => fromMinute % 15 === 0 && toMinute % 15 === 0,
  );
  return quarterly ? 15 * 60_000 : 60_000;
}

function localTime(tz: string, atMs: number): { weekday: number; date: string; minute: number } {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatter(tz).formatToParts(atMs)) parts[type] = value;
  return {
    weekday: WEEKDAYS[parts.weekday ?? ""] ?? 0,
    date: `${parts.year}-${parts.month}-${parts.day}`,
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

function formatter(tz: string): Intl.DateTimeFormat {
  const known = FORMATTERS.get(tz);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: tz,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  FORMATTERS.set(tz, made);
  return made;
}
