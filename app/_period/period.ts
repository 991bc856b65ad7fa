import type { Bucket } from "#lib/reports/usage-query.ts";
import {
  addDays,
  type Day,
  dayOf,
  daysBetween,
  isDay,
  startOfDay,
  startOfMonth,
} from "./zoned-day.ts";

export const PERIODS = [
  "today",
  "yesterday",
  "7d",
  "30d",
  "90d",
  "mtd",
  "last-month",
  "custom",
] as const;
export type PeriodName = (typeof PERIODS)[number];

/**
 * What a page shows, as its URL says it: a named range that moves with the
 * clock, or two days. Days are those of `timeZone`; `from` inclusive, `to`
 * exclusive, both instants at which a day begins.
 */
export type Period = {
  readonly name: PeriodName;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly from: Date;
  readonly to: Date;
  readonly bucket: Bucket;
  readonly timeZone: string;
};

/** The period as a URL has it, unread. */
export type WantedPeriod = {
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

const MAX_DAYS = 1100;
const DAY_MS = 86_400_000;

/**
 * Reads the period from the URL. What cannot be read shows the month to date,
 * which is the default, rather than an error page. Bars are hours up to two
 * days, days up to a quarter, then weeks and months.
 */
export function readPeriod(wanted: WantedPeriod, now: Date, timeZone: string): Period {
  const today = dayOf(now, timeZone);
  const name = PERIODS.find((candidate) => candidate === wanted.period) ?? "mtd";
  const custom = name === "custom" ? customDays(wanted.from, wanted.to) : null;
  if (name === "custom" && custom === null) return readPeriod({}, now, timeZone);
  const [firstDay, lastDay] = custom ?? namedDays(name, today);
  return {
    name,
    firstDay,
    lastDay,
    from: startOfDay(firstDay, timeZone),
    to: startOfDay(addDays(lastDay, 1), timeZone),
    bucket: bucketFor(daysBetween(firstDay, lastDay) + 1),
    timeZone,
  };
}

/**
 * A custom period of moments, for pages that show rows and not days; null where
 * the URL names none. Days are those that it lies in.
 */
export function readMoments({ period, from, to }: WantedPeriod, timeZone: string): Period | null {
  const [start, end] = [momentOf(from), momentOf(to)];
  if (period !== "custom" || start === null || end === null || start >= end) return null;
  if (end - start > MAX_DAYS * DAY_MS) return null;
  return periodBetween(new Date(start), new Date(end), timeZone);
}

/** The time between two moments, as a page is asked for it. */
export function periodBetween(from: Date, to: Date, timeZone: string): Period {
  const firstDay = dayOf(from, timeZone);
  const lastDay = dayOf(new Date(to.getTime() - 1), timeZone);
  const bucket = bucketFor(daysBetween(firstDay, lastDay) + 1);
  return { name: "custom", firstDay, lastDay, from, to, bucket, timeZone };
}

/** Whether a period begins and ends with its days. */
export function isOfDays({ from, to, firstDay, lastDay, timeZone }: Period): boolean {
  return (
    from.getTime() === startOfDay(firstDay, timeZone).getTime() &&
    to.getTime() === startOfDay(addDays(lastDay, 1), timeZone).getTime()
  );
}

function momentOf(text: string | undefined): number | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T[\d:.]{5,12}Z$/.test(text)) return null;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : moment;
}

function namedDays(name: PeriodName, today: Day): [Day, Day] {
  switch (name) {
    case "today":
      return [today, today];
    case "yesterday":
      return [addDays(today, -1), addDays(today, -1)];
    case "7d":
      return [addDays(today, -6), today];
    case "30d":
      return [addDays(today, -29), today];
    case "90d":
      return [addDays(today, -89), today];
    case "last-month":
      return [startOfMonth(today, -1), addDays(startOfMonth(today), -1)];
    default:
      return [startOfMonth(today), today];
  }
}

function customDays(from: string | undefined, to: string | undefined): [Day, Day] | null {
  if (from === undefined || to === undefined || !isDay(from) || !isDay(to)) return null;
  const [first, last] = from <= to ? [from, to] : [to, from];
  return daysBetween(first, last) < MAX_DAYS ? [first, last] : null;
}

function bucketFor(days: number): Bucket {
  if (days <= 2) return "hour";
  if (days <= 92) return "day";
  return days <= 400 ? "week" : "month";
}
