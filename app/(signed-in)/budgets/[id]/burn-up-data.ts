import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatBucket } from "#app/_format/format-time.ts";
import type { BudgetDetail } from "#lib/budget-control/read-budgets.ts";
import { type Amount, amountOfFloat, floatOfAmount } from "#lib/budgets/amount.ts";
import { dayWeights } from "#lib/budgets/day-weights.ts";
import { dayStarts } from "#lib/budgets/forecast-spend.ts";
import { dayStart } from "#lib/time/zone.ts";

/** One day of the burn-up: heights for the chart and the same as text. */
export type BurnUpPoint = {
  readonly label: string;
  /** Null on days that are to come. */
  readonly spent: number | null;
  readonly pace: number;
  readonly expected: number | null;
  readonly band: readonly [low: number, high: number] | null;
  readonly spentText: string | null;
  readonly expectedText: string | null;
  readonly bandText: string | null;
};

export type BurnUp = {
  readonly points: readonly BurnUpPoint[];
  readonly unit: string;
  readonly limit: number;
  readonly ticks: readonly {
    readonly percent: number;
    readonly at: number;
    /** Whether there is room for its words. */
    readonly isSaid: boolean;
  }[];
};

/** Spend since the period's start by day, with the pace, the forecast and its band. */
export function burnUpOf(
  { status, days, timeZone }: BudgetDetail,
  now: number,
  locale: string,
): BurnUp {
  const { budget, period, limit, thresholds, profile } = status;
  const today = dayStart(now, timeZone);
  const starts = dayStarts(period.start, period.end, timeZone);
  const spentOn = new Map(days.map(({ day, spent }) => [day, spent]));
  const cone = new Map(status.cone().map((each) => [each.day, each]));
  const text = (value: Amount) => formatBudgetAmount(value, budget.unit, locale);
  const ofFloat = (value: number) => text(amountOfFloat(value, budget.unit));
  const weights = dayWeights(starts.length, starts.indexOf(today), profile);
  const paces = pacesOf(floatOfAmount(limit.total), weights);
  let sum = 0n as Amount;
  const points = starts.map((day, index): BurnUpPoint => {
    sum = (sum + (spentOn.get(day) ?? 0n)) as Amount;
    const ahead = cone.get(day);
    const isPast = day <= today;
    return {
      label: formatBucket(new Date(day), "day", locale, timeZone),
      spent: isPast ? floatOfAmount(sum) : null,
      pace: paces[index] ?? 0,
      expected: ahead?.expected ?? null,
      band: ahead === undefined ? null : [ahead.low, ahead.high],
      spentText: isPast ? text(sum) : null,
      expectedText: ahead === undefined ? null : ofFloat(ahead.expected),
      bandText: ahead === undefined ? null : `${ofFloat(ahead.low)} – ${ofFloat(ahead.high)}`,
    };
  });
  const percents = new Set(thresholds.map(({ percent }) => percent).filter((each) => each !== 100));
  const line = floatOfAmount(limit.total);
  const heights = points.map(({ spent, band, pace }) => Math.max(spent ?? 0, band?.[1] ?? 0, pace));
  const top = Math.max(line, ...heights);
  return { points, unit: budget.unit, limit: line, ticks: ticksOf([...percents], line, top) };
}

/** Where spend would stand at each day's end if the limit lasted exactly the period. */
function pacesOf(limit: number, weights: readonly number[]): readonly number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  return weights.map((weight) => {
    passed += weight;
    return (limit * passed) / whole;
  });
}

/** The least part of the picture's height between the words at two lines. */
const LEAST_GAP = 0.05;

/** The thresholds' lines; words only where they do not stand upon another's. */
function ticksOf(percents: readonly number[], limit: number, top: number): BurnUp["ticks"] {
  const said = [limit];
  return percents
    .toSorted((a, b) => b - a)
    .map((percent) => {
      const at = (limit * percent) / 100;
      const isSaid = said.every((other) => Math.abs(other - at) >= LEAST_GAP * top);
      if (isSaid) said.push(at);
      return { percent, at, isSaid };
    });
}
