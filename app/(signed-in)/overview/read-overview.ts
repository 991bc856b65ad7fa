import { type Period, readPeriod } from "#app/_period/period.ts";
import { type PageQuery, usageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { Dimension, Measures, UsageResult } from "#lib/reports/usage-query.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

/** The figures above the tables. */
export type OverviewTotals = {
  readonly today: Measures;
  readonly todayPeriod: Period;
  readonly month: Measures;
  readonly monthPeriod: Period;
  readonly period: Measures;
  /** What no rule gives to a team; null when the viewer or the filters leave it out of sight. */
  readonly unallocated: Measures | null;
  readonly asOf: Date;
};

/** Answers the tiles: today and this month whatever the period, and the period itself. */
export async function readTotals(
  scope: ReadScope,
  query: PageQuery,
  now: Date,
): Promise<OverviewTotals> {
  const { timeZone } = query.period;
  const todayPeriod = readPeriod({ period: "today" }, now, timeZone);
  const monthPeriod = readPeriod({ period: "mtd" }, now, timeZone);
  const total = (period: Period, filters = query.filters) =>
    usageReport(context().sql, scope, usageQuery({ ...query, period, filters }, []));
  const sees = teamsOf(scope) === "all" && query.filters.team === undefined;
  const month = total(monthPeriod);
  const [ofToday, ofMonth, ofPeriod, unallocated] = await Promise.all([
    total(todayPeriod),
    month,
    query.period.name === "mtd" ? month : total(query.period),
    sees ? total(query.period, { ...query.filters, team: [UNALLOCATED] }) : null,
  ]);
  return {
    today: ofToday.total,
    todayPeriod,
    month: ofMonth.total,
    monthPeriod,
    period: ofPeriod.total,
    unallocated: unallocated?.total ?? null,
    asOf: ofPeriod.asOf,
  };
}

/** Spend over time, one row per bucket and group. */
export function readSeries(
  scope: ReadScope,
  query: PageQuery,
  dimension: Dimension,
): Promise<UsageResult> {
  return usageReport(context().sql, scope, usageQuery(query, [dimension], query.period.bucket));
}

/** The dearest groups of a dimension; the total is over all of them. */
export function readGroups(
  scope: ReadScope,
  query: PageQuery,
  dimension: Dimension,
  limit: number,
): Promise<UsageResult> {
  return usageReport(context().sql, scope, usageQuery(query, [dimension]), { limit, offset: 0 });
}
