import { usdOf } from "#lib/money/float-usd.ts";
import { toDecimal } from "#lib/money/money.ts";
import { type Column, decimal, text } from "#lib/tables/column.ts";
import type { ForecastDay, ScopeForecast, SpentDay } from "./read-forecast.ts";

/** A day to date, or a day ahead. */
export type ForecastRow = SpentDay | ForecastDay;

const LEVELS = [50, 80, 95] as const;

export function forecastRows({ spent, days }: ScopeForecast): readonly ForecastRow[] {
  return [...spent, ...days];
}

/** Days to date and days ahead; what is not known is empty. */
export function forecastColumns({ unit }: ScopeForecast): readonly Column<ForecastRow>[] {
  return [
    text("date", ({ date }) => date),
    text("kind", (row) => ("spent" in row ? "actual" : "forecast")),
    decimal("cost", costOf),
    ...LEVELS.flatMap((level) => [
      decimal<ForecastRow>(`low_${level}`, (row) =>
        "bands" in row ? print(row.bands[level].low) : null,
      ),
      decimal<ForecastRow>(`high_${level}`, (row) =>
        "bands" in row ? print(row.bands[level].high) : null,
      ),
    ]),
    text("currency", () => unit),
  ];
}

function costOf(row: ForecastRow): string | null {
  if (!("spent" in row)) return print(row.expected);
  return row.spent === null ? null : toDecimal(row.spent);
}

/** A figure of statistics as an amount, to the millionth. */
function print(value: number): string {
  return toDecimal(usdOf(value));
}
