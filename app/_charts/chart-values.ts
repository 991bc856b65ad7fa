import { formatCount } from "#app/_format/format-count.ts";
import { formatAmount, formatUsd, toChartNumber } from "#app/_format/format-usd.ts";
import type { ReportingRates } from "#app/_reporting/reporting-rates.ts";
import { convertBy } from "#lib/currency/convert.ts";
import type { Usd } from "#lib/money/money.ts";
import type { ChartValues } from "./chart-data.ts";

/** Sums of money; sums of Usd are Usd. */
export function usdValues(locale: string, reporting: ReportingRates | null): ChartValues {
  return {
    also: (value, end) => {
      const rate = reporting?.at(new Date(end.getTime() - 1)) ?? null;
      if (rate === null || value === 0n) return null;
      return `≈ ${formatAmount(convertBy(value as Usd, rate), rate.currency, locale)}`;
    },
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
    also: () => null,
  };
}
