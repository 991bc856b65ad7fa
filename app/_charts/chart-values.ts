import { formatCount } from "#app/_format/format-count.ts";
import { formatUsd, toChartNumber } from "#app/_format/format-usd.ts";
import type { Usd } from "#lib/money/money.ts";
import type { ChartValues } from "./chart-data.ts";

/** Sums of money; sums of Usd are Usd. */
export function usdValues(locale: string): ChartValues {
  return {
    unit: "usd",
    format: (value) => formatUsd(value as Usd, locale),
    height: (value) => toChartNumber(value as Usd),
  };
}

/** Sums of counts, which all fit a double. */
export function countValues(locale: string): ChartValues {
  return {
    unit: "count",
    format: (value) => formatCount(Number(value), locale),
    height: Number,
  };
}
