import { type Month, monthFrom, monthNamed } from "#lib/close/month.ts";
import { addMonths, civilDayAt, monthOf } from "#lib/time/civil-day.ts";

/** The month that a page is asked for; the running one where it says none that there is. */
export function readMonth(
  text: string | undefined,
  now: Date,
  timeZone: string,
): { readonly month: Month; readonly running: Month } {
  const running = monthFrom(monthOf(civilDayAt(now.getTime(), timeZone)));
  const isMonth = text !== undefined && /^20\d\d-(0[1-9]|1[0-2])$/.test(text);
  return { month: isMonth ? monthNamed(text) : running, running };
}

export function monthBeside({ first }: Month, by: number): string {
  return monthFrom(addMonths(first, by)).name;
}
