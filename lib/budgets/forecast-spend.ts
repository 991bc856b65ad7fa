import { budgetCrossing } from "#lib/forecast/budget-crossing.ts";
import { type Forecast, forecastSeries } from "#lib/forecast/forecast-series.ts";
import type { Maturity } from "#lib/forecast/maturity.ts";
import { periodEnd } from "#lib/forecast/period-end.ts";
import { weekdayProfile } from "#lib/forecast/run-rate.ts";
import { totalHalfWidths } from "#lib/forecast/total-band.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import type { Span } from "#lib/time/fiscal.ts";
import { dayStart } from "#lib/time/zone.ts";
import { type Amount, amountOfFloat, floatOfAmount } from "./amount.ts";
import type { DaySpend } from "./budget.ts";

/** Where a period will end: the median and the band of 80 %. */
export type SpendForecast = { readonly p10: Amount; readonly p50: Amount; readonly p90: Amount };

/** The start of a day each; null when it is not reached within the period. */
export type CrossingDays = {
  readonly expected: number | null;
  readonly earliest: number | null;
  readonly latest: number | null;
};

export type Outlook = {
  /** Null while there is not enough history: nothing is promised then. */
  readonly forecast: SpendForecast | null;
  readonly maturity: Maturity;
  /** Relative weight of each weekday of the period, today first; for the pace. */
  readonly profile: readonly number[];
  /** When spend reaches an amount that it has not reached yet. */
  readonly crossingOf: (amount: Amount) => CrossingDays;
  /** Where spend will stand at the end of today and of each later day of the period. */
  readonly cone: () => readonly ConeDay[];
};

/** Spend since the period's start, as charts take it: expected, and the band of 80 %. */
export type ConeDay = {
  readonly day: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
};

/** Makes a forecast from complete days; a caller may remember what it made. */
export type Forecaster = (history: readonly number[], horizon: number) => Forecast;

export type OutlookFacts = {
  /** Ascending, with gaps where nothing was spent; may reach back before the period. */
  readonly days: readonly DaySpend[];
  readonly period: Span;
  readonly now: number;
  readonly timeZone: string;
  readonly unit: string;
};

const MOST_HISTORY = 366;
const NEVER: CrossingDays = { expected: null, earliest: null, latest: null };

/** What the history of a budget's spend says of its running period. */
export function outlookOf(
  { days, period, now, timeZone, unit }: OutlookFacts,
  forecaster: Forecaster = (history, horizon) => forecastSeries(history, horizon),
): Outlook {
  const today = dayStart(now, timeZone);
  const starts = dayStarts(today, period.end, timeZone);
  const history = completeDays(days, today, timeZone);
  const profile = weekdayProfile(history);
  const made = forecaster(history, starts.length);
  if (made.maturity === "none" || made.maturity === "early") {
    const nothing = { crossingOf: () => NEVER, cone: () => [] };
    return { forecast: null, maturity: made.maturity, profile, ...nothing };
  }
  const spentBefore = floatBetween(days, period.start, today);
  const spentToday = floatBetween(days, today, Number.POSITIVE_INFINITY);
  const end = periodEnd(made, {
    spent: spentBefore,
    today: spentToday,
    daysLeft: starts.length,
  });
  // What today has spent already is its least.
  const [first = 0, ...later] = made.point;
  const floored: Forecast = { ...made, point: [Math.max(spentToday, first), ...later] };
  return {
    forecast: {
      p10: amountOfFloat(end.bands[80].low, unit),
      p50: amountOfFloat(end.total, unit),
      p90: amountOfFloat(end.bands[80].high, unit),
    },
    maturity: made.maturity,
    profile,
    cone: () => coneOf(floored, starts, spentBefore, spentToday),
    crossingOf: (amount) => {
      const found = budgetCrossing(floatOfAmount(amount), spentBefore, floored, starts.length);
      const at = (index: number | null) => (index === null ? null : (starts[index] ?? null));
      return {
        expected: at(found.expected),
        earliest: at(found.earliest),
        latest: at(found.latest),
      };
    },
  };
}

function coneOf(
  forecast: Forecast,
  starts: readonly number[],
  spentBefore: number,
  spentToday: number,
): ConeDay[] {
  const least = spentBefore + spentToday;
  let expected = spentBefore;
  return starts.map((day, index) => {
    expected += forecast.point[index] ?? 0;
    const width = totalHalfWidths(forecast.past, index + 1, forecast)[80];
    return { day, expected, low: Math.max(least, expected - width), high: expected + width };
  });
}

/** The starts of the days in [from, to). */
export function dayStarts(from: number, to: number, timeZone: string): number[] {
  const starts: number[] = [];
  for (let day = from; day < to; day = nextUnitStart(day, "day", timeZone)) starts.push(day);
  return starts;
}

/** Spend of each complete day, from the first with any on; 0 where there was none. */
export function completeDays(days: readonly DaySpend[], today: number, timeZone: string): number[] {
  const first = days.find(({ spent }) => spent !== 0n);
  if (first === undefined || first.day >= today) return [];
  const byDay = new Map(days.map(({ day, spent }) => [day, floatOfAmount(spent)]));
  return dayStarts(first.day, today, timeZone)
    .slice(-MOST_HISTORY)
    .map((day) => byDay.get(day) ?? 0);
}

function floatBetween(days: readonly DaySpend[], from: number, to: number): number {
  let sum = 0n;
  for (const { day, spent } of days) if (day >= from && day < to) sum += spent;
  return floatOfAmount(sum as Amount);
}
