import type { ReadScope } from "#lib/access/read-scope.ts";
import { addCosts, type Costs, NO_COSTS } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { organizationZone, readOnly } from "#lib/reports/read-only.ts";
import { daysOf } from "#lib/reports/team-costs.ts";
import type { RowSink } from "#lib/tables/row-sink.ts";
import { focusDays } from "./focus-days.ts";
import type { FocusRow } from "./focus-row.ts";

export type FocusSummary = {
  readonly rowCount: number;
  readonly total: Costs;
  readonly unpricedCalls: number;
  readonly timeZone: string;
  readonly asOf: Date;
};

/** The rows come a day at a time. */
export type FocusSink = RowSink<FocusSummary, FocusRow>;

/**
 * All that a period cost as rows of FOCUS, day by day, from one snapshot; one
 * day at a time is held. Days of a closed month are as they were closed, the
 * others by the ledger of now. The rows of whole months add up to the cost of
 * the teams in sight in each of the four costs. The totals come before the
 * first row, for which the rows are made twice.
 *
 * @throws {AppError} "invalid" unless the period is of whole days of the
 *   organisation's zone, "unavailable" when it takes too long.
 */
export async function exportFocus(
  sql: SqlClient,
  scope: ReadScope,
  period: { readonly from: Date; readonly to: Date },
  sink: FocusSink,
): Promise<void> {
  await readOnly(sql, async (tx) => {
    const timeZone = await organizationZone(tx);
    const everyDay = await focusDays(tx, scope, daysOf(period, timeZone), timeZone);
    const [clock] = await tx<{ now: Date }[]>`select now()`;
    let summary: FocusSummary = {
      ...{ rowCount: 0, total: NO_COSTS, unpricedCalls: 0, timeZone },
      asOf: clock?.now ?? period.to,
    };
    for await (const { rows } of everyDay()) summary = added(summary, rows);
    const add = await sink(summary);
    for await (const { rows } of everyDay()) if (rows.length > 0) await add(rows);
  });
}

function added(summary: FocusSummary, rows: readonly FocusRow[]): FocusSummary {
  let { total, unpricedCalls } = summary;
  for (const row of rows) {
    unpricedCalls += Number(row.x_UnpricedRequestCount);
    total = addCosts(total, {
      list: parseUsd(row.ListCost ?? "0"),
      contracted: parseUsd(row.ContractedCost ?? "0"),
      effective: parseUsd(row.EffectiveCost ?? "0"),
      billed: parseUsd(row.BilledCost ?? "0"),
    });
  }
  return { ...summary, rowCount: summary.rowCount + rows.length, total, unpricedCalls };
}
