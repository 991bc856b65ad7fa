import { z } from "zod";
import { budgetDetail } from "#lib/budget-control/read-budgets.ts";
import { printAmount, TOKENS } from "#lib/budgets/amount.ts";
import type { PeriodRecord } from "#lib/budgets/limit.ts";
import { amount, type Column, count, decimal, time } from "#lib/tables/column.ts";
import { exportKind } from "../export-kind.ts";

/** Spend adds up over periods where it is money; what is carried from one into the next does not. */
const columnsIn = (unit: string): readonly Column<PeriodRecord>[] => [
  time("period_start", ({ start }) => new Date(start)),
  time("period_end", ({ end }) => new Date(end)),
  decimal("opening", ({ opening }) => printAmount(opening)),
  decimal("limit", ({ limit }) => printAmount(limit)),
  (unit === TOKENS ? decimal : amount)<PeriodRecord>("spent", ({ spent }) => printAmount(spent)),
  decimal("closing", ({ closing }) => printAmount(closing)),
  count("unpriced_calls", ({ unpricedCalls }) => unpricedCalls),
];

export const budgetHistory = exportKind({
  summary: "How the past periods of a budget went",
  parameters: z.strictObject({ id: z.uuid().meta({ description: "Of the budget" }) }),
  read: async ({ sql, viewer, now }, { id }, sink) => {
    const { status, history } = await budgetDetail(sql, viewer, id, now.getTime());
    const { unit } = status.budget;
    const add = await sink({
      name: `outlay-budget-history-${now.toISOString().slice(0, 10)}`,
      ...{ columns: columnsIn(unit), asOf: now, rowCount: history.length, total: null },
      currency: unit === TOKENS ? null : unit,
      unpricedCalls: history.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0),
    });
    await add(history);
  },
});
