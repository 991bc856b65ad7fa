import { formatBucket } from "#app/_format/format-time.ts";
import type { Bucket } from "#lib/reports/usage-query.ts";
import { colorsFor, OTHER_COLOR } from "./colors.ts";
import { OTHER, type SeriesKey, seriesTotal, type UsageSeries } from "./usage-series.ts";

/** What the browser needs to draw a chart: heights as numbers, words and amounts ready to read. */
export type ChartData = {
  /** What the axis counts. */
  readonly unit: ChartUnit;
  readonly series: readonly {
    readonly label: string;
    readonly color: string;
    readonly total: string;
    /** What is behind the total. */
    readonly href: string;
  }[];
  readonly points: readonly {
    readonly label: string;
    /** Its time is not over yet. */
    readonly partial: boolean;
    readonly heights: readonly number[];
    readonly amounts: readonly string[];
    readonly total: string;
    /** The total in the reporting currency; null while that is the dollar, and without a rate. */
    readonly also: string | null;
    /** What is behind the bar. */
    readonly href: string;
  }[];
};

/** Something to know about one bar, with a page of its own. */
export type ChartMarker = {
  readonly id: string;
  /** Of the bar that it stands over. */
  readonly index: number;
  readonly label: string;
};

export type ChartUnit = "usd" | "count";

/** How a value of the series is read and drawn. */
export type ChartValues = {
  readonly unit: ChartUnit;
  readonly format: (value: bigint) => string;
  readonly height: (value: bigint) => number;
  /** The same in the reporting currency, by the rate of the bucket's last day. */
  readonly also: (value: bigint, end: Date) => string | null;
};

/** What a chart says of its series and bars, and where they lead. */
export type ChartWords = {
  readonly locale: string;
  readonly timeZone: string;
  readonly bucket: Bucket;
  readonly nameOf: (key: string | null) => string;
  readonly other: string;
  readonly hrefOf: (start: Date, end: Date) => string;
  /** What is behind all buckets of a series: of one key, or of several that are shown as one. */
  readonly seriesHref: (keys: readonly (string | null)[]) => string;
};

/** Series for the browser, which gets no bigint and formats nothing. */
export function chartData(
  series: UsageSeries,
  { unit, format, height, also }: ChartValues,
  now: Date,
  words: ChartWords,
): ChartData {
  const colors = colorsFor(series.keys.filter((key) => typeof key === "string"));
  const severalDays = series.buckets.length > 25;
  const labelOf = (key: SeriesKey) => (key === OTHER ? words.other : words.nameOf(key));
  return {
    unit,
    series: series.keys.map((key, index) => ({
      label: labelOf(key),
      color: typeof key === "string" ? (colors.get(key) ?? OTHER_COLOR) : OTHER_COLOR,
      total: format(seriesTotal(series, index)),
      href: words.seriesHref(key === OTHER ? series.others : [key]),
    })),
    points: series.buckets.map(({ start, end }, index) => {
      const amounts = series.amounts[index] ?? [];
      const total = amounts.reduce((sum, amount) => sum + amount, 0n);
      return {
        label: formatBucket(start, words.bucket, words.locale, words.timeZone, severalDays),
        partial: start <= now && now < end,
        heights: amounts.map(height),
        amounts: amounts.map(format),
        total: format(total),
        also: also(total, end),
        href: words.hrefOf(start, end),
      };
    }),
  };
}
