import { isOfDays, type Period, periodBetween } from "#app/_period/period.ts";
import type { ExportName } from "#lib/exports/export-list.ts";
import type { Bucket, CostBasis, Dimension } from "#lib/reports/usage-query.ts";
import type { Payment } from "#lib/reports/usage-receipt.ts";
import { filterPairs } from "./filters.ts";
import type { PageQuery } from "./page-query.ts";

/** The part of a page's URL that says which time it shows. */
export function periodPairs(period: Period): [string, string][] {
  if (period.name === "custom") {
    return isOfDays(period)
      ? daysPairs(period.firstDay, period.lastDay)
      : daysPairs(period.from.toISOString(), period.to.toISOString());
  }
  return period.name === "mtd" ? [] : [["period", period.name]];
}

/** The same of two days, YYYY-MM-DD, both included; pages of rows also take two moments, the last one excluded. */
export function daysPairs(first: string, last: string): [string, string][] {
  return [
    ["period", "custom"],
    ["from", first],
    ["to", last],
  ];
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

/** How a sum of usage comes about: its receipt; of a session its events, which have theirs. */
export function receiptHref(query: PageQuery, paid?: Payment): string {
  const path = query.filters.session === undefined ? "/explore/receipt" : "/events";
  return pageHref(path, query, paidPairs(paid));
}

/** What is behind a sum between two moments: its receipt where they are whole days, else the rows. */
export function figureHref(query: PageQuery, from: Date, to: Date): string {
  const asked = { ...query, period: periodBetween(from, to, query.period.timeZone) };
  return isOfDays(asked.period) ? receiptHref(asked) : pageHref("/events", asked);
}

/** The part of an address that says how usage is paid for. */
export function paidPairs(paid: Payment | undefined): [string, string][] {
  return paid === undefined ? [] : [["paid", paid]];
}

/** The download with the same rows and figures as a table of the page. */
export function usageCsvHref(
  query: PageQuery,
  groupBy: readonly Dimension[],
  bucket: Bucket,
): string {
  const asked: [string, string][] = [
    ["group_by", groupBy.join(",")],
    ["bucket", bucket],
  ];
  return hrefWith("/api/v1/usage.csv", [...questionPairs(query), ...asked]);
}

/** The file of a table of lib/exports with what a page asks. */
export function fileHref(
  name: ExportName,
  query: PageQuery,
  more: readonly [string, string][] = [],
): string {
  return hrefWith(`/api/v1/export/${name}.csv`, [...questionPairs(query), ...more]);
}

function questionPairs({ period, filters, costBasis }: PageQuery): [string, string][] {
  return [...periodQuestion(period), ["cost", costBasis], ...filterPairs(filters)];
}

/** The period of a page as the API is asked for it. */
export function periodQuestion({ from, to, timeZone }: Period): [string, string][] {
  return [
    ["from", from.toISOString()],
    ["to", to.toISOString()],
    ["tz", timeZone],
  ];
}
