import { formatBucket } from "#app/_format/format-time.ts";
import { formatUsd, toChartNumber } from "#app/_format/format-usd.ts";
import { addUsd, ZERO_USD } from "#lib/money/money.ts";
import type { Bucket } from "#lib/reports/usage-query.ts";
import { colorsFor, OTHER_COLOR } from "./colors.ts";
import { OTHER, type SeriesKey, type SpendSeries, seriesTotal } from "./spend-series.ts";

/** What the browser needs to draw a chart: heights as numbers, words and amounts ready to read. */
export type ChartData = {
  readonly series: readonly {
    readonly label: string;
    readonly color: string;
    readonly total: string;
  }[];
  readonly points: readonly {
    readonly label: string;
    /** Its time is not over yet. */
    readonly partial: boolean;
    readonly heights: readonly number[];
    readonly amounts: readonly string[];
    readonly total: string;
  }[];
};

type Words = {
  readonly locale: string;
  readonly timeZone: string;
  readonly bucket: Bucket;
  readonly unknown: string;
  readonly other: string;
};

/** Series for the browser, which gets no bigint and formats nothing. */
export function chartData(series: SpendSeries, now: Date, words: Words): ChartData {
  const colors = colorsFor(series.keys.filter((key) => typeof key === "string"));
  const labelOf = (key: SeriesKey) =>
    key === OTHER ? words.other : key === null ? words.unknown : key;
  return {
    series: series.keys.map((key, index) => ({
      label: labelOf(key),
      color: typeof key === "string" ? (colors.get(key) ?? OTHER_COLOR) : OTHER_COLOR,
      total: formatUsd(seriesTotal(series, index), words.locale),
    })),
    points: series.buckets.map(({ start, end }, index) => {
      const amounts = series.amounts[index] ?? [];
      return {
        label: formatBucket(start, words.bucket, words.locale, words.timeZone),
        partial: start <= now && now < end,
        heights: amounts.map(toChartNumber),
        amounts: amounts.map((amount) => formatUsd(amount, words.locale)),
        total: formatUsd(amounts.reduce(addUsd, ZERO_USD), words.locale),
      };
    }),
  };
}
