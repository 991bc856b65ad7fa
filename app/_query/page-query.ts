import { type Period, readMoments, readPeriod } from "#app/_period/period.ts";
import { requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type SearchParams } from "#app/_server/page-props.ts";
import {
  COST_BASES,
  type CostBasis,
  type Dimension,
  type UsageQuery,
} from "#lib/reports/usage-query.ts";
import { type Filters, readFilters } from "./filters.ts";

/** What a report page shows, as its URL says it. */
export type PageQuery = {
  readonly period: Period;
  readonly filters: Filters;
  /** Which of the four costs. Always said, so that every link from a page carries it. */
  readonly costBasis: CostBasis;
};

/** Reads the period and the filters of a page's URL, in the organisation's time zone. */
export async function readPageQuery(params: SearchParams): Promise<PageQuery> {
  const [now, { timeZone }] = await Promise.all([requestTime(), currentOrganization()]);
  return {
    period: readPeriod(wantedPeriod(params), now, timeZone),
    filters: readFilters(params),
    costBasis: readCostBasis(params),
  };
}

/** The same of a page of rows, which may be asked for moments as well as for days. */
export async function readRowsQuery(params: SearchParams): Promise<PageQuery> {
  const query = await readPageQuery(params);
  return {
    ...query,
    period: readMoments(wantedPeriod(params), query.period.timeZone) ?? query.period,
  };
}

function wantedPeriod(params: SearchParams) {
  return {
    period: firstOf(params.period),
    from: firstOf(params.from),
    to: firstOf(params.to),
  };
}

export function readCostBasis(params: SearchParams): CostBasis {
  return COST_BASES.find((basis) => basis === firstOf(params.cost)) ?? "effective";
}

/** The question to the ledger behind a part of the page. */
export function usageQuery(
  { period, filters, costBasis }: PageQuery,
  groupBy: readonly Dimension[],
  bucket: UsageQuery["bucket"] = "none",
): UsageQuery {
  return {
    from: period.from,
    to: period.to,
    groupBy,
    bucket,
    timeZone: period.timeZone,
    costBasis,
    filters,
  };
}
