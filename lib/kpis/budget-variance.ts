import type { Viewer } from "#lib/access/viewer.ts";
import { budgetDetail, visibleBudgets } from "#lib/budget-control/read-budgets.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { type Ratio, ratio } from "./kpi.ts";

/**
 * (spent − budget) ÷ budget, over the budgets in dollars that have no parent and
 * whose period is this very month: budgets below others would count twice.
 */
export async function budgetVariance(
  sql: SqlClient,
  viewer: Viewer,
  { from, to }: { readonly from: Date; readonly to: Date },
  now: number,
): Promise<Ratio | null> {
  const budgets = (await visibleBudgets(sql, viewer, now)).filter(
    ({ unit, parentId, period }) =>
      unit === CURRENCY && parentId === null && period.unit === "month",
  );
  let spent = 0n;
  let limits = 0n;
  for (const { id } of budgets) {
    const { status, history } = await budgetDetail(sql, viewer, id, now);
    const running = { ...status.period, spent: status.spent, limit: status.limit.total };
    const record = [...history, running].find(
      ({ start, end }) => start === from.getTime() && end === to.getTime(),
    );
    spent += record?.spent ?? 0n;
    limits += record?.limit ?? 0n;
  }
  return ratio(spent - limits, limits);
}
