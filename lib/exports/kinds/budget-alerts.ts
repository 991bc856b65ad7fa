import { z } from "zod";
import { type Alert, listCrossings } from "#lib/budget-control/list-crossings.ts";
import { budgetDetail } from "#lib/budget-control/read-budgets.ts";
import { printAmount } from "#lib/budgets/amount.ts";
import { type Column, decimal, text, time } from "#lib/tables/column.ts";
import { listKind } from "../list-kind.ts";

const COLUMNS: readonly Column<Alert>[] = [
  time("period_start", ({ periodStart }) => periodStart),
  text("basis", ({ basis }) => basis),
  decimal("percent", ({ percent }) => String(percent)),
  time("crossed_at", ({ crossedAt }) => crossedAt),
  decimal("spent", ({ spent }) => printAmount(spent)),
  decimal("limit", ({ limit }) => printAmount(limit)),
  time("sent_at", ({ sentAt }) => sentAt),
  time("held_until", ({ heldUntil }) => heldUntil),
  text("silent_because", ({ silentBecause }) => silentBecause),
  time("uncrossed_at", ({ uncrossedAt }) => uncrossedAt),
  time("recrossed_at", ({ recrossedAt }) => recrossedAt),
];

export const budgetAlerts = listKind({
  summary: "The newest 200 alerts of a budget, told or kept silent",
  name: "budget-alerts",
  parameters: z.strictObject({ id: z.uuid().meta({ description: "Of the budget" }) }),
  columns: COLUMNS,
  rows: async ({ sql, viewer, now }, { id }) => {
    const { status } = await budgetDetail(sql, viewer, id, now.getTime());
    return listCrossings(sql, status.budget.id);
  },
});
