import type { Period } from "#app/_period/period.ts";
import type { Bucket, CostBasis, Dimension } from "#lib/reports/usage-query.ts";
import { filterPairs } from "./filters.ts";
import type { PageQuery } from "./page-query.ts";

/** The part of a page's URL that says which time it shows. */
export function periodPairs(period: Period): [string, string][] {
  if (period.name === "custom") {
    return [
      ["period", "custom"],
      ["from", period.firstDay],
      ["to", period.lastDay],
    ];
  }
  return period.name === "mtd" ? [] : [["period", period.name]];
}

/** The part of a page's URL that says which cost it shows; the effective one needs no words. */
export function costPairs(costBasis: CostBasis): [string, string][] {
  return costBasis === "effective" ? [] : [["cost", costBasis]];
}

/** A page with the period, the filters and the cost that a page shows, and what else it is to show. */
export function pageHref(
  path: string,
  { period, filters, costBasis }: PageQuery,
  more: readonly [string, string][] = [],
): string {
  const pairs = [...periodPairs(period), ...filterPairs(filters), ...costPairs(costBasis)];
  return hrefWith(path, [...pairs, ...more]);
}

/** A path with a query, which needs no mark where it is empty. */
export function hrefWith(path: string, pairs: readonly [string, string][]): string {
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams([...pairs])}`;
}

/** The download with the same rows and figures as a table of the page. */
export function usageCsvHref(
  { period, filters, costBasis }: PageQuery,
  groupBy: readonly Dimension[],
  bucket: Bucket,
): string {
  const params = new URLSearchParams([
    ["from", period.from.toISOString()],
    ["to", period.to.toISOString()],
    ["group_by", groupBy.join(",")],
    ["bucket", bucket],
    ["tz", period.timeZone],
    ["cost", costBasis],
    ...filterPairs(filters),
  ]);
  return `/api/v1/usage.csv?${params}`;
}
