import type { Viewer } from "#lib/access/viewer.ts";
import { budgetPeriods } from "#lib/budget-control/read-budgets.ts";
import type { Budget } from "#lib/budgets/budget.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { type Ratio, ratio } from "./kpi.ts";

type Period = { readonly from: Date; readonly to: Date };

/**
 * (spent − budget) ÷ budget in each of the months, over the budgets in dollars
 * that have no parent and whose period is that very month: budgets below others
 * would count twice.
 */
export async function budgetVariances(
  sql: SqlClient,
  viewer: Viewer,
  months: readonly Period[],
  now: number,
): Promise<readonly (Ratio | null)[]> {
  const budgets = await budgetPeriods(sql, viewer, countsOnce, now);
  const periods = budgets.flatMap((each) => each.periods);
  return months.map(({ from, to }) => {
    const ofMonth = periods.filter(
      ({ start, end }) => start === from.getTime() && end === to.getTime(),
    );
    const spent = ofMonth.reduce((sum, period) => sum + period.spent, 0n);
    const limits = ofMonth.reduce((sum, period) => sum + period.limit, 0n);
    return ratio(spent - limits, limits);
  });
}

function countsOnce({ unit, parentId, period }: Budget): boolean {
  return unit === CURRENCY && parentId === null && period.unit === "month";
}
