import type { Viewer } from "#lib/access/viewer.ts";
import { budgetPeriods } from "#lib/budget-control/read-budgets.ts";
import type { Amount } from "#lib/budgets/amount.ts";
import type { Budget } from "#lib/budgets/budget.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { instantsOf } from "./month.ts";
import type { Statement } from "./read-statement.ts";

/** A budget of the very team or cost centre for the very month. */
export type StatementBudget = {
  readonly id: string;
  readonly name: string;
  /** A currency's code, or "tokens". */
  readonly unit: string;
  readonly limit: Amount;
  readonly spent: Amount;
};

/** More would be no statement any more. */
const MOST_SHOWN = 3;

/** The monthly budgets of whom a statement is of, as they stood at its end, or stand now. */
export async function readStatementBudgets(
  sql: SqlClient,
  viewer: Viewer,
  { month, of, timeZone }: Pick<Statement, "month" | "of" | "timeZone">,
  now: Date,
): Promise<readonly StatementBudget[]> {
  const { from, to } = instantsOf(month, timeZone);
  const at = Math.min(now.getTime(), to.getTime() - 1);
  const isWanted = (budget: Budget) =>
    isOf(budget, of.kind, of.value) && budget.startsAt < to.getTime();
  const budgets = await budgetPeriods(sql, viewer, isWanted, at);
  return budgets
    .flatMap(({ budget: { id, name, unit }, periods }) =>
      periods
        .filter(({ start, end }) => start === from.getTime() && end === to.getTime())
        .map(({ limit, spent }) => ({ id, name, unit, limit, spent })),
    )
    .slice(0, MOST_SHOWN);
}

function isOf({ scope, period }: Budget, kind: "team" | "cost_center", value: string): boolean {
  return period.unit === "month" && Object.keys(scope).length === 1 && scope[kind] === value;
}
