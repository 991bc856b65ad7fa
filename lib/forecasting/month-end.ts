import { type PerBand, perBand } from "#lib/forecast/band-levels.ts";
import type { Forecast, History } from "#lib/forecast/forecast-series.ts";
import { periodEnd } from "#lib/forecast/period-end.ts";
import { runRate } from "#lib/forecast/run-rate.ts";
import { sum } from "#lib/forecast/statistics.ts";
import { floatOf, usdOf } from "#lib/money/float-usd.ts";
import { addUsd, type Usd } from "#lib/money/money.ts";

/** A month of the organisation's zone. Dates; `to` is the first day after it. Amounts exact. */
export type MonthSoFar = {
  readonly from: string;
  readonly to: string;
  /** Of the complete days. */
  readonly spent: Usd;
  readonly today: Usd;
  /** What the running day comes to at least, where its parts tell; what it has spent, unless given. */
  readonly todayAtLeast?: Usd | undefined;
  /** The running day included. */
  readonly daysLeft: number;
};

export type MonthEnd = {
  readonly from: string;
  readonly to: string;
  /** To this moment. */
  readonly spent: Usd;
  readonly expected: Usd;
  readonly bands: PerBand<{ readonly low: Usd; readonly high: Usd }>;
};

/** What a month will have cost: exact spend to date, and the forecast of the rest. */
export function monthEndOf(forecast: Forecast, month: MonthSoFar): MonthEnd {
  // The exact part stays out of statistics, so that no cent of it is lost.
  const { daysLeft, todayAtLeast = month.today } = month;
  const { bands } = periodEnd(forecast, { spent: 0, today: floatOf(todayAtLeast), daysLeft });
  const plus = (dollars: number) => (month.spent + atLeast(usdOf(dollars), month.today)) as Usd;
  const [runningDay = 0, ...later] = forecast.point.slice(0, daysLeft);
  const rest = addUsd(atLeast(usdOf(runningDay), todayAtLeast), usdOf(sum(later)));
  return {
    from: month.from,
    to: month.to,
    spent: (month.spent + month.today) as Usd,
    expected: addUsd(month.spent, rest),
    bands: perBand((level) => ({ low: plus(bands[level].low), high: plus(bands[level].high) })),
  };
}

function atLeast(amount: Usd, floor: Usd): Usd {
  return amount < floor ? floor : amount;
}

/** Spend going on as it did on average: shown where there is not enough data, and labelled so. */
export type RunRateToEnd = {
  readonly perDay: Usd;
  /** What the month would end with. */
  readonly monthEnd: Usd;
  readonly days: number;
};

/** The run rate of a series; of its running day when it has no other. */
export function runRateToEnd(history: History, month: MonthSoFar): RunRateToEnd | null {
  const rate = runRate(history, month.daysLeft);
  if (rate === null) return null;
  const rest = atLeast(usdOf(rate.total), month.today);
  return {
    perDay: usdOf(rate.perDay),
    monthEnd: (month.spent + rest) as Usd,
    days: rate.days,
  };
}
