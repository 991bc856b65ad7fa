import type { Period } from "./period.ts";
import { addDays, type Day, daysBetween, startOfDay, startOfMonth } from "./zoned-day.ts";

/** The days that a period is compared with. */
export type PreviousPeriod = {
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly from: Date;
  readonly to: Date;
  readonly timeZone: string;
};

/**
 * What came before: for a month, or a month to date, the same days of the month
 * before (its last day where it is shorter); else as many days right before.
 */
export function previousPeriod(period: Period): PreviousPeriod {
  const { firstDay, lastDay, timeZone } = period;
  const [first, last] =
    period.name === "mtd" || period.name === "last-month"
      ? monthBefore(period)
      : [addDays(firstDay, -daysBetween(firstDay, lastDay) - 1), addDays(firstDay, -1)];
  return {
    firstDay: first,
    lastDay: last,
    from: startOfDay(first, timeZone),
    to: startOfDay(addDays(last, 1), timeZone),
    timeZone,
  };
}

function monthBefore({ name, firstDay, lastDay }: Period): [Day, Day] {
  const first = startOfMonth(firstDay, -1);
  const end = addDays(startOfMonth(firstDay), -1);
  const sameDay = addDays(first, daysBetween(firstDay, lastDay));
  return [first, name === "last-month" || sameDay > end ? end : sameDay];
}
