import { AppError } from "#lib/errors.ts";
import { because, type Reason } from "#lib/refusals/reason.ts";
import { nextUnitStart, unitStart } from "#lib/time/calendar.ts";

/** Whole days of the organisation's zone; from inclusive, to exclusive. */
export type HistoryPeriod = { readonly from: Date; readonly to: Date };

const DAY_MS = 86_400_000;
const MOST_DAYS = 800;

/**
 * A period that history may be changed for: figures are told by day, so it
 * begins and ends with one. It ends with today at the latest.
 *
 * @throws {AppError} "invalid" for parts of days, and for more than 800 days.
 */
export function historyPeriod(
  given: { readonly from: Date; readonly to: Date },
  timeZone: string,
  now: Date,
): HistoryPeriod {
  const end = new Date(nextUnitStart(now.getTime(), "day", timeZone));
  const { from } = given;
  const to = given.to < end ? given.to : end;
  if (from >= to) throw invalid(because("period_backwards"));
  if (to.getTime() - from.getTime() > MOST_DAYS * DAY_MS) {
    throw invalid(because("period_too_long", { days: MOST_DAYS }));
  }
  for (const edge of [from, to]) {
    if (unitStart(edge.getTime(), "day", timeZone) !== edge.getTime()) {
      throw invalid(because("period_parts_of_days", { zone: timeZone }));
    }
  }
  return { from, to };
}

function invalid(why: Reason): AppError {
  return new AppError(why, { code: "invalid" });
}
