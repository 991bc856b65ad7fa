import { periodAt, type Span } from "#lib/time/fiscal.ts";
import { type Amount, sumAmounts } from "./amount.ts";
import type { Budget, DaySpend } from "./budget.ts";
import { type Forecaster, type Outlook, outlookOf } from "./forecast-spend.ts";
import { type Limit, type LimitFacts, limitAt } from "./limit.ts";

/** The running stretch of a pacing limit. */
export type PacingStatus = Span & { readonly limit: Amount; readonly spent: Amount };

/** What decides whether anything has been crossed. */
export type Look = {
  readonly period: Span;
  /** The days of the period. */
  readonly within: readonly DaySpend[];
  readonly spent: Amount;
  readonly unpricedCalls: number;
  readonly limit: Limit;
  readonly outlook: Outlook;
  readonly pacing: PacingStatus | null;
};

/** Looks at a budget's running period. */
export function lookAt(facts: LimitFacts, now: number, forecaster?: Forecaster): Look {
  const { budget, timeZone, days } = facts;
  const period = periodAt(now, budget.period, budget.calendar, timeZone);
  const within = daysIn(days, period);
  return {
    period,
    within,
    spent: sumAmounts(within.map(({ spent }) => spent)),
    unpricedCalls: within.reduce((sum, each) => sum + each.unpricedCalls, 0),
    limit: limitAt(facts, now),
    outlook: outlookOf({ days, period, now, timeZone, unit: budget.unit }, forecaster),
    pacing: pacingAt(budget, days, timeZone, now),
  };
}

function pacingAt(
  { pacing, calendar }: Budget,
  days: readonly DaySpend[],
  timeZone: string,
  now: number,
): PacingStatus | null {
  if (pacing === null) return null;
  const span = periodAt(now, { unit: pacing.unit }, calendar, timeZone);
  const spent = sumAmounts(daysIn(days, span).map((each) => each.spent));
  return { ...span, limit: pacing.limit, spent };
}

function daysIn(days: readonly DaySpend[], { start, end }: Span): readonly DaySpend[] {
  return days.filter(({ day }) => day >= start && day < end);
}
