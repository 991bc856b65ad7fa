import { addUsd, sumUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { Dimension, UsageResult } from "#lib/reports/usage-query.ts";
import { MAX_SERIES } from "./colors.ts";

/** Stands for the groups that are too small to be told apart. */
export const OTHER = Symbol("other");

export type SeriesKey = string | null | typeof OTHER;

/** One amount per series and bucket; `amounts[bucket][series]`. */
export type SpendSeries = {
  readonly keys: readonly SeriesKey[];
  readonly buckets: readonly { readonly start: Date; readonly end: Date }[];
  readonly amounts: readonly (readonly Usd[])[];
};

/**
 * Turns the rows of a report, grouped by one dimension, into series: the
 * dearest groups first, the rest added up as `OTHER`; groups that cost nothing
 * are left out. The sum over all series and buckets is the sum of the rows.
 *
 * @param buckets All buckets of the period, in order, also those without rows.
 */
export function spendSeries(
  rows: UsageResult["rows"],
  dimension: Dimension,
  buckets: SpendSeries["buckets"],
): SpendSeries {
  const totals = new Map<string | null, Usd>();
  for (const row of rows) {
    const key = row.group[dimension] ?? null;
    totals.set(key, addUsd(totals.get(key) ?? ZERO_USD, row.measures.cost));
  }
  const ranked = [...totals]
    .filter(([, total]) => total !== ZERO_USD)
    .sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0));
  const named = ranked.slice(0, MAX_SERIES).map(([key]) => key);
  const keys: SeriesKey[] = ranked.length > MAX_SERIES ? [...named, OTHER] : named;
  const places = new Map(named.map((key, index) => [key, index]));
  const bucketAt = new Map(buckets.map(({ start }, index) => [start.getTime(), index]));
  const amounts = buckets.map(() => keys.map((): Usd => ZERO_USD));
  for (const row of rows) {
    if (!keys.includes(OTHER) && !places.has(row.group[dimension] ?? null)) continue;
    const line = amounts[bucketAt.get(row.bucketStart.getTime()) ?? -1];
    if (line === undefined) throw new Error("a row outside the buckets of its period");
    const place = places.get(row.group[dimension] ?? null) ?? MAX_SERIES;
    line[place] = addUsd(line[place] ?? ZERO_USD, row.measures.cost);
  }
  return { keys, buckets, amounts };
}

/** What a series comes to over all buckets. */
export function seriesTotal(series: SpendSeries, index: number): Usd {
  return sumUsd(series.amounts.map((line) => line[index] ?? ZERO_USD));
}
