import type { Bucket } from "#lib/reports/usage-query.ts";
import { dayStart } from "#lib/time/zone.ts";
import { dateFormat } from "./formatters.ts";

/** Date and time to the second, in the organisation's zone. */
export function formatMoment(moment: Date, locale: string, timeZone: string): string {
  return dateFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    hourCycle: "h23",
    timeZone,
  }).format(moment);
}

/** The last day of what ends with a day, else the moment at which it ends. */
export function formatUntil(end: Date, locale: string, timeZone: string): string {
  if (dayStart(end.getTime(), timeZone) !== end.getTime())
    return formatMoment(end, locale, timeZone);
  return dateFormat(locale, { dateStyle: "medium", timeZone }).format(end.getTime() - 1);
}

/** The clock alone: "16:00:07". */
export function formatClock(moment: Date, locale: string, timeZone: string): string {
  return dateFormat(locale, {
    timeStyle: "medium",
    hourCycle: "h23",
    timeZone,
  }).format(moment);
}

/** The day and the hour that begins then: "Nov 22, 2026, 16:00". */
export function formatHour(start: Date, locale: string, timeZone: string): string {
  return dateFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
    timeZone,
  }).format(start);
}

/**
 * A range of whole days, `to` exclusive: "Nov 1 – 22, 2026". Intl says the year
 * twice in Chinese; there it is "2026/11/1 – 11/22".
 */
export function formatDays(from: Date, to: Date, locale: string, timeZone: string): string {
  const days = dateFormat(locale, { dateStyle: "medium", timeZone });
  const last = new Date(to.getTime() - 1);
  const range = days.formatRange(from, last);
  return range.replace(/^((\d{4})\/\d+\/\d+)至(?:\2\/)?/, "$1 – ");
}

/** A range of moments, to the minute: "Nov 22, 2026, 14:00 – 16:30". */
export function formatMoments(from: Date, to: Date, locale: string, timeZone: string): string {
  return dateFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
    timeZone,
  }).formatRange(from, to);
}

/** "April". @param month 1 to 12. */
export function monthName(month: number, locale: string): string {
  const day = new Date(Date.UTC(2026, month - 1, 1));
  return dateFormat(locale, { month: "long", timeZone: "UTC" }).format(day);
}

/** The label under a bar; hours of several days say which day. */
export function formatBucket(
  start: Date,
  bucket: Bucket,
  locale: string,
  timeZone: string,
  severalDays = false,
): string {
  const format = BUCKET_FORMATS[bucket === "hour" && severalDays ? "hourOfDay" : bucket];
  return dateFormat(locale, { ...format, timeZone }).format(start);
}

const BUCKET_FORMATS: { readonly [B in Bucket | "hourOfDay"]: Intl.DateTimeFormatOptions } = {
  none: { dateStyle: "medium" },
  hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  hourOfDay: {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
  day: { month: "short", day: "numeric" },
  week: { month: "short", day: "numeric" },
  month: { year: "numeric", month: "short" },
};
