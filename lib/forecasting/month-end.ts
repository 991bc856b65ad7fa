import { type PerBand, perBand } from "#lib/forecast/band-levels.ts";
import type { Forecast, History } from "#lib/forecast/forecast-series.ts";
import { periodEnd } from "#lib/forecast/period-end.ts";
import { runRate } from "#lib/forecast/run-rate.ts";
import { floatOf, usdOf } from "#lib/money/float-usd.ts";
import type { Usd } from "#lib/money/money.ts";

/** A month of the organisation's zone. Dates; `to` is the first day after it. Amounts exact. */
export type MonthSoFar = {
  readonly from: string;
  readonly to: string;
  /** Of the complete days. */
  readonly spent: Usd;
  readonly today: Usd;
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
  const today = floatOf(month.today);
  const { total, bands } = periodEnd(forecast, { spent: 0, today, daysLeft: month.daysLeft });
  const plus = (dollars: number) => (month.spent + atLeast(usdOf(dollars), month.today)) as Usd;
  return {
    from: month.from,
    to: month.to,
    spent: (month.spent + month.today) as Usd,
    expected: plus(total),
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
