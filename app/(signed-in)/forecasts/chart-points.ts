import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatBucket } from "#app/_format/format-time.ts";
import { type Amount, amountOfFloat, floatOfAmount } from "#lib/budgets/amount.ts";
import type { ScopeForecast } from "#lib/forecasting/read-forecast.ts";

type Band = readonly [low: number, high: number] | null;

/** One day of the chart: heights, and the same as text. */
export type ForecastPoint = {
  readonly date: string;
  readonly label: string;
  readonly isRunning: boolean;
  readonly actual: number | null;
  readonly expected: number | null;
  readonly band50: Band;
  readonly band80: Band;
  readonly band95: Band;
  readonly actualText: string | null;
  readonly expectedText: string | null;
  readonly texts: { readonly 50: string; readonly 80: string; readonly 95: string } | null;
};

/** About as many days back as ahead, so that a level and its season are seen beside the forecast. */
export function pointsOf(
  { spent, days, unit }: ScopeForecast,
  horizon: number,
  locale: string,
): ForecastPoint[] {
  const shown = spent.slice(-Math.min(spent.length, Math.max(30, horizon)) - 1);
  const byDate = new Map(days.map((day) => [day.date, day]));
  const known = new Map(shown.map((day) => [day.date, day.spent]));
  const today = spent.at(-1)?.date ?? "";
  const text = (value: Amount) => formatBudgetAmount(value, unit, locale);
  const ofFloat = (value: number) => text(amountOfFloat(value, unit));
  const dates = [...new Set([...known.keys(), ...byDate.keys()])].sort();
  return dates.map((date): ForecastPoint => {
    const actual = (known.get(date) ?? null) as bigint | null as Amount | null;
    const day = byDate.get(date);
    const band = (level: 50 | 80 | 95): Band =>
      day === undefined ? null : [day.bands[level].low, day.bands[level].high];
    const range = (level: 50 | 80 | 95) =>
      day === undefined
        ? ""
        : `${ofFloat(day.bands[level].low)} – ${ofFloat(day.bands[level].high)}`;
    return {
      date,
      label: formatBucket(new Date(date), "day", locale, "UTC"),
      isRunning: date === today,
      actual: actual === null ? null : floatOfAmount(actual),
      expected: day?.expected ?? null,
      band50: band(50),
      band80: band(80),
      band95: band(95),
      actualText: actual === null ? null : text(actual),
      expectedText: day === undefined ? null : ofFloat(day.expected),
      texts: day === undefined ? null : { 50: range(50), 80: range(80), 95: range(95) },
    };
  });
}
