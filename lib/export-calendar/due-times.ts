import { localDate, nextUnitStart, unitStart } from "#lib/time/calendar.ts";
import { type CivilDay, civilDayAt, parseDay } from "#lib/time/civil-day.ts";
import { offsetAt } from "#lib/time/zone.ts";

/** When a file is due, in hours of a zone's clock. */
export type DueCalendar = {
  readonly cadence: "weekly" | "monthly";
  /** Weekly: 1 (Monday) to 7. Monthly: 1 to 31; months without it take their last day. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * The first due time after an instant, in epoch milliseconds. Of an hour that
 * the clock shows twice the first counts; one that it leaves out is due as much
 * later as the clock jumps.
 */
export function nextDue(calendar: DueCalendar, afterMs: number, timeZone: string): number {
  // A period early, since a jump of the clock may carry a due time into the next day.
  let period = unitStart(
    unitStart(afterMs, unitOf(calendar), timeZone) - 1,
    unitOf(calendar),
    timeZone,
  );
  for (;;) {
    const due = hourOf(dayIn(calendar, period, timeZone), calendar.hour, timeZone);
    if (due > afterMs) return due;
    period = nextUnitStart(period, unitOf(calendar), timeZone);
  }
}

/** The newest due times in (after, until], oldest first, and at most so many. */
export function dueTimes(
  calendar: DueCalendar,
  {
    afterMs,
    untilMs,
    most,
  }: { readonly afterMs: number; readonly untilMs: number; readonly most: number },
  timeZone: string,
): readonly number[] {
  const found: number[] = [];
  for (
    let due = nextDue(calendar, afterMs, timeZone);
    due <= untilMs;
    due = nextDue(calendar, due, timeZone)
  ) {
    found.push(due);
    if (found.length > most) found.shift();
  }
  return found;
}

/** The week or month of the zone before the one that holds the instant: half-open, epoch milliseconds. */
export function periodBefore(
  { cadence }: Pick<DueCalendar, "cadence">,
  ms: number,
  timeZone: string,
): { readonly from: number; readonly to: number } {
  const unit = unitOf({ cadence });
  const to = unitStart(ms, unit, timeZone);
  return { from: unitStart(to - 1, unit, timeZone), to };
}

function unitOf({ cadence }: Pick<DueCalendar, "cadence">): "week" | "month" {
  return cadence === "weekly" ? "week" : "month";
}

/** The due day of the week or month that begins at the instant. */
function dayIn({ cadence, day }: DueCalendar, startMs: number, timeZone: string): CivilDay {
  if (cadence === "weekly") return civilDayAt(startMs, timeZone) + day - 1;
  const { year, month } = localDate(startMs, timeZone);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const first = parseDay(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`);
  return first + Math.min(day, last) - 1;
}

/** An hour that is left out is read with the offset before the jump (as RFC 5545, 3.3.5 does). */
function hourOf(day: CivilDay, hour: number, timeZone: string): number {
  const wall = day * DAY_MS + hour * HOUR_MS;
  const before = offsetAt(wall - DAY_MS, timeZone);
  const after = offsetAt(wall + DAY_MS, timeZone);
  const shown = [wall - before, wall - after].filter((ms) => ms + offsetAt(ms, timeZone) === wall);
  return shown.length > 0 ? Math.min(...shown) : wall - before;
}
