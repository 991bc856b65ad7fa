import { readPeriod } from "#app/_period/period.ts";
import { type PageQuery, usageQuery } from "#app/_query/page-query.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { Usd } from "#lib/money/money.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { context, requestTime } from "./context.ts";
import { currentOrganization } from "./organization.ts";

/** What was spent in the last 30 days: by team, project or cost centre ('' where unknown), and in all. */
export async function recentSpend(
  viewer: Viewer,
  by: "team" | "project" | "cost_center",
  costBasis: CostBasis,
): Promise<{
  readonly own: ReadonlyMap<string, Usd>;
  readonly total: Usd;
  readonly query: PageQuery;
}> {
  const [now, { timeZone }] = await Promise.all([requestTime(), currentOrganization()]);
  const period = readPeriod({ period: "30d" }, now, timeZone);
  const query: PageQuery = { period, filters: {}, costBasis };
  const found = await usageReport(context().sql, viewer, usageQuery(query, [by]));
  const own = new Map(found.rows.map(({ group, measures }) => [group[by] ?? "", measures.cost]));
  return { own, total: found.total.cost, query };
}
