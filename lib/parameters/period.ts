import { localDate, nextUnitStart, startOfDate, unitStart } from "#lib/time/calendar.ts";
import { ParameterError } from "./parameter-error.ts";

type Ends = { readonly from?: string | undefined; readonly to?: string | undefined };

/** The period asked for; where left out, from the first of the month to the end of today in the zone. */
export function periodOf(ends: Ends, timeZone: string, nowMs: number): { from: Date; to: Date } {
  const to = momentOf(ends.to, timeZone) ?? nextUnitStart(nowMs, "day", timeZone);
  const from =
    momentOf(ends.from, timeZone) ?? unitStart(Math.min(nowMs, to - 1), "month", timeZone);
  return ordered(from, to);
}

/** The same with ends that stay open where left out. */
export function openPeriodOf(ends: Ends, timeZone: string): { from?: Date; to?: Date } {
  const from = momentOf(ends.from, timeZone);
  const to = momentOf(ends.to, timeZone);
  if (from !== null && to !== null) return ordered(from, to);
  return {
    ...(from === null ? {} : { from: new Date(from) }),
    ...(to === null ? {} : { to: new Date(to) }),
  };
}

/** `2026-11-22`, the date on which an instant falls in the zone. */
export function dateIn(at: Date, timeZone: string): string {
  const { year, month, day } = localDate(at.getTime(), timeZone);
  return [String(year).padStart(4, "0"), pad(month), pad(day)].join("-");
}

function pad(part: number): string {
  return String(part).padStart(2, "0");
}

function ordered(from: number, to: number): { from: Date; to: Date } {
  if (from < to) return { from: new Date(from), to: new Date(to) };
  throw new ParameterError([{ parameter: "to", detail: "must be after from" }]);
}

function momentOf(text: string | undefined, timeZone: string): number | null {
  if (text === undefined) return null;
  if (text.includes("T")) return Date.parse(text);
  const [year = 0, month = 1, day = 1] = text.split("-").map(Number);
  return startOfDate(year, month, day, timeZone);
}
