import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatBucket } from "#app/_format/format-time.ts";
import type { BudgetDetail } from "#lib/budget-control/read-budgets.ts";
import { type Amount, amountOfFloat, floatOfAmount } from "#lib/budgets/amount.ts";
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
  readonly ticks: readonly { readonly percent: number; readonly at: number }[];
};

const WEEK = 7;

/** Spend since the period's start by day, with the pace, the forecast and its band. */
export function burnUpOf(
  { status, days, timeZone }: BudgetDetail,
  weights: readonly number[],
  now: number,
  locale: string,
): BurnUp {
  const { budget, period, limit, thresholds } = status;
  const today = dayStart(now, timeZone);
  const starts = dayStarts(period.start, period.end, timeZone);
  const spentOn = new Map(days.map(({ day, spent }) => [day, spent]));
  const cone = new Map(status.cone().map((each) => [each.day, each]));
  const text = (value: Amount) => formatBudgetAmount(value, budget.unit, locale);
  const ofFloat = (value: number) => text(amountOfFloat(value, budget.unit));
  const paces = pacesOf(floatOfAmount(limit.total), starts.length, starts.indexOf(today), weights);
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
  return {
    points,
    unit: budget.unit,
    limit: floatOfAmount(limit.total),
    ticks: [...percents].map((percent) => ({
      percent,
      at: (floatOfAmount(limit.total) * percent) / 100,
    })),
  };
}

/** Where spend would stand at each day's end if the limit lasted exactly the period. */
function pacesOf(
  limit: number,
  days: number,
  today: number,
  weights: readonly number[],
): readonly number[] {
  const weightAt = (index: number) =>
    weights[(((index - Math.max(0, today)) % WEEK) + WEEK) % WEEK] ?? 1;
  const each = Array.from({ length: days }, (_, index) => weightAt(index));
  const whole = each.reduce((sum, weight) => sum + weight, 0);
  let passed = 0;
  return each.map((weight) => {
    passed += weight;
    return whole > 0 ? (limit * passed) / whole : 0;
  });
}
