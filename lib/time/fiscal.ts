import { localDate, startOfDate } from "./calendar.ts";

/** Weeks of the three months of each quarter. */
export const WEEK_PATTERNS = ["4-4-5", "4-5-4", "5-4-4"] as const;
export type WeekPattern = (typeof WEEK_PATTERNS)[number];

/**
 * How an organisation's year is cut. `months`: it begins with a month of the
 * calendar. `weeks`: it begins on the weekday (1 Monday to 7 Sunday) nearest to
 * the first of a month and has 52 or 53 whole weeks; the 53rd belongs to the
 * last month.
 */
export type FiscalCalendar =
  | { readonly kind: "months"; readonly yearStartMonth: number }
  | {
      readonly kind: "weeks";
      readonly pattern: WeekPattern;
      readonly yearStartMonth: number;
      readonly weekStart: number;
    };

/** `days`: so many days each, one of them beginning on the anchor, a date such as 2026-11-01. */
export type PeriodRule =
  | { readonly unit: "day" | "week" | "month" | "quarter" | "year" }
  | { readonly unit: "days"; readonly days: number; readonly anchor: string };

/** Epoch milliseconds, half-open. */
export type Span = { readonly start: number; readonly end: number };

export const CALENDAR_YEAR: FiscalCalendar = { kind: "months", yearStartMonth: 1 };

const DAY_MS = 86_400_000;

/**
 * The period that holds an instant. Periods of one rule follow on each other
 * without gap or overlap; all begin with a day of the zone, whatever its clock
 * does.
 */
export function periodAt(
  ms: number,
  rule: PeriodRule,
  calendar: FiscalCalendar,
  timeZone: string,
): Span {
  const { year, month, day } = localDate(ms, timeZone);
  const [first, next] = datesOf(dateNumber(year, month, day), rule, calendar);
  return { start: startOfDateNumber(first, timeZone), end: startOfDateNumber(next, timeZone) };
}

/** The first day of a period and that of the next, as days since 1970. */
function datesOf(date: number, rule: PeriodRule, calendar: FiscalCalendar): [number, number] {
  switch (rule.unit) {
    case "day":
      return [date, date + 1];
    case "days":
      return stepsFrom(dateNumberOf(rule.anchor), rule.days, date);
    case "week":
      return stepsFrom(firstOfWeek(calendar), 7, date);
    default:
      return calendar.kind === "months"
        ? monthsOf(date, MONTHS_IN[rule.unit], calendar.yearStartMonth)
        : weeksOf(date, rule.unit, calendar);
  }
}

const MONTHS_IN = { month: 1, quarter: 3, year: 12 } as const;

function monthsOf(date: number, length: number, yearStartMonth: number): [number, number] {
  const { year, month } = fieldsOf(date);
  const since = (month - yearStartMonth + 12) % length;
  return [dateNumber(year, month - since, 1), dateNumber(year, month - since + length, 1)];
}

type WeekCalendar = Extract<FiscalCalendar, { kind: "weeks" }>;

function weeksOf(
  date: number,
  unit: keyof typeof MONTHS_IN,
  calendar: WeekCalendar,
): [number, number] {
  const { year } = fieldsOf(date);
  // A year may begin up to three days before its month does.
  const starts = [year - 1, year, year + 1, year + 2].map((each) => yearStart(each, calendar));
  const at = starts.findLastIndex((start) => start <= date);
  const [start = date, next = date] = starts.slice(at);
  if (unit === "year") return [start, next];
  const weeks = calendar.pattern.split("-").map(Number);
  const lengths = [0, 1, 2, 3].flatMap(() => (unit === "quarter" ? [13] : weeks));
  let first = start;
  for (const [index, length] of lengths.entries()) {
    const end = index === lengths.length - 1 ? next : first + 7 * length;
    if (date < end) return [first, end];
    first = end;
  }
  throw new Error("a date outside its fiscal year");
}

/** The weekday nearest to the first of the month. */
function yearStart(year: number, { yearStartMonth, weekStart }: WeekCalendar): number {
  const first = dateNumber(year, yearStartMonth, 1);
  const ahead = (weekStart - weekdayOf(first) + 7) % 7;
  return first + (ahead > 3 ? ahead - 7 : ahead);
}

/** Any day on which weeks begin. */
function firstOfWeek(calendar: FiscalCalendar): number {
  // 1970-01-01 was a Thursday.
  return (calendar.kind === "weeks" ? calendar.weekStart : 1) - 4;
}

function stepsFrom(anchor: number, length: number, date: number): [number, number] {
  const first = anchor + Math.floor((date - anchor) / length) * length;
  return [first, first + length];
}

function weekdayOf(date: number): number {
  return ((((date + 3) % 7) + 7) % 7) + 1;
}

function dateNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function dateNumberOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function fieldsOf(date: number): { year: number; month: number; day: number } {
  const at = new Date(date * DAY_MS);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

function startOfDateNumber(date: number, timeZone: string): number {
  const { year, month, day } = fieldsOf(date);
  return startOfDate(year, month, day, timeZone);
}
