import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { addMonths, type CivilDay, dayText, parseDay, startOfDay } from "#lib/time/civil-day.ts";

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A month of the organisation's calendar. */
export type Month = {
  /** `2026-10`. */
  readonly name: string;
  /** Its first day, and the first one of the next month. */
  readonly first: CivilDay;
  readonly end: CivilDay;
};

/** @throws {AppError} "invalid" unless it is a month as `2026-10`. */
export function monthNamed(name: string): Month {
  if (!MONTH.test(name)) {
    throw new AppError(because("no_month"), { code: "invalid" });
  }
  const first = parseDay(`${name}-01`);
  return { name, first, end: addMonths(first, 1) };
}

export function monthFrom(first: CivilDay): Month {
  return { name: dayText(first).slice(0, 7), first, end: addMonths(first, 1) };
}

/** The instants at which it begins and ends in the zone. */
export function instantsOf({ first, end }: Month, timeZone: string): { from: Date; to: Date } {
  return { from: new Date(startOfDay(first, timeZone)), to: new Date(startOfDay(end, timeZone)) };
}
