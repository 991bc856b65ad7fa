import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import { dayStart } from "#lib/time/zone.ts";
import { organizationZone } from "./read-only.ts";
import type { UsageResult } from "./usage-query.ts";
import { usageReport } from "./usage-report.ts";

export type TodayTotals = Pick<UsageResult, "total" | "asOf"> & {
  readonly from: Date;
  readonly to: Date;
};

/** The totals of the organisation's day that holds `nowMs`: one read of the day rollup. */
export async function todayTotals(
  sql: SqlClient,
  scope: ReadScope,
  nowMs: number,
): Promise<TodayTotals> {
  const timeZone = await organizationZone(sql);
  const from = new Date(dayStart(nowMs, timeZone));
  const to = new Date(nextUnitStart(nowMs, "day", timeZone));
  const { total, asOf } = await usageReport(sql, scope, {
    from,
    to,
    groupBy: [],
    bucket: "none",
    timeZone,
    costBasis: "effective",
    filters: {},
  });
  return { from, to, total, asOf };
}
