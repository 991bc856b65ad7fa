import type { Period } from "#app/_period/period.ts";
import type { Bucket, CostBasis, Dimension } from "#lib/reports/usage-query.ts";
import { type Filters, filterPairs } from "./filters.ts";

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
export function costPairs(costBasis: CostBasis | undefined): [string, string][] {
  return costBasis === undefined || costBasis === "effective" ? [] : [["cost", costBasis]];
}

/** A page with the period and filters, and what else it is to show. */
export function pageHref(
  path: string,
  period: Period,
  filters: Filters,
  more: readonly [string, string][] = [],
): string {
  return hrefWith(path, [...periodPairs(period), ...filterPairs(filters), ...more]);
}

/** A path with a query, which needs no mark where it is empty. */
export function hrefWith(path: string, pairs: readonly [string, string][]): string {
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams([...pairs])}`;
}

/** The download with the same rows and figures as a table of the page. */
export function usageCsvHref(
  period: Period,
  filters: Filters,
  groupBy: readonly Dimension[],
  bucket: Bucket,
  costBasis: CostBasis = "effective",
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
