import type { UsageRow } from "#lib/reports/usage-query.ts";
import { MAX_SERIES } from "./colors.ts";

/** Stands for the groups that are too small to be told apart. */
export const OTHER = Symbol("other");

export type SeriesKey = string | null | typeof OTHER;

/** One amount or count per series and bucket; `amounts[bucket][series]`. */
export type UsageSeries = {
  readonly keys: readonly SeriesKey[];
  /** What `OTHER` adds up, the largest first. */
  readonly others: readonly (string | null)[];
  readonly buckets: readonly { readonly start: Date; readonly end: Date }[];
  readonly amounts: readonly (readonly bigint[])[];
};

type Row = Pick<UsageRow, "bucketStart" | "group">;
export type KeyOf = (group: UsageRow["group"]) => string | null;

/**
 * Turns the rows of a report into series, one per key: the largest first, the
 * rest added up as `OTHER`; groups that come to nothing are left out. The sum
 * over all series and buckets is the sum of the rows.
 *
 * @param amountOf What is added up: money, or a count.
 * @param buckets All buckets of the period, in order, also those without rows.
 */
export function usageSeries<R extends Row>(
  rows: readonly R[],
  keyOf: KeyOf,
  amountOf: (row: R) => bigint,
  buckets: UsageSeries["buckets"],
): UsageSeries {
  const totals = new Map<string | null, bigint>();
  for (const row of rows) {
    const key = keyOf(row.group);
    totals.set(key, (totals.get(key) ?? 0n) + amountOf(row));
  }
  const ranked = [...totals]
    .filter(([, total]) => total !== 0n)
    .sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0));
  const named = ranked.slice(0, MAX_SERIES).map(([key]) => key);
  const others = ranked.slice(MAX_SERIES).map(([key]) => key);
  const keys: SeriesKey[] = others.length > 0 ? [...named, OTHER] : named;
  const places = new Map(named.map((key, index) => [key, index]));
  const bucketAt = new Map(buckets.map(({ start }, index) => [start.getTime(), index]));
  const amounts = buckets.map(() => keys.map(() => 0n));
  for (const row of rows) {
    const key = keyOf(row.group);
    if (!keys.includes(OTHER) && !places.has(key)) continue;
    const line = amounts[bucketAt.get(row.bucketStart.getTime()) ?? -1];
    if (line === undefined) throw new Error("a row outside the buckets of its period");
    const place = places.get(key) ?? MAX_SERIES;
    line[place] = (line[place] ?? 0n) + amountOf(row);
  }
  return { keys, others, buckets, amounts };
}

/** What a series comes to over all buckets. */
export function seriesTotal(series: UsageSeries, index: number): bigint {
  return series.amounts.reduce((sum, line) => sum + (line[index] ?? 0n), 0n);
}
