import { type BudgetDrift, verifyBudgets } from "#lib/budget-control/verify-budgets.ts";
import { type ClosingDrift, verifyClosed } from "#lib/close/verify-closed.ts";
import { type CostDrift, verifyCosts } from "#lib/ledger/verify-costs.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import type { Period } from "#lib/rollups/verify.ts";
import { type Drift, verifyRollups } from "#lib/rollups/verify.ts";
import { nextUnitStart, unitStart } from "#lib/time/calendar.ts";
import type { Command } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { PERIOD_OPTIONS, periodOf } from "./period.ts";
import { verifyAuditLog } from "./verify-audit-log.ts";

/** Adds up and prices the ledger again, and shows every figure that differs. */
export const verify: Command = {
  usage: "verify [--from TIME] [--to TIME] | verify --audit",
  options: { ...PERIOD_OPTIONS, audit: { type: "boolean" } },
  run: async (call) => {
    if (call.options.audit === true) return verifyAuditLog(call);
    return withDatabase(call.config, async ({ sql }) => {
      const timeZone = await organizationZone(sql);
      const period = wholeDays(periodOf(call, timeZone), timeZone);
      const rollups = await verifyRollups(sql, period);
      const costs = await verifyCosts(sql, period);
      const budgets = await verifyBudgets(sql, period, Date.now());
      const closed = await verifyClosed(sql);
      const wrong = rollups.length + costs.wrong + budgets.length + closed.drifts.length;
      const what = `${costs.rows} ledger rows priced and added up again${spanOf(period)}`;
      return {
        details: [
          ...rollups.map(rollupLine),
          ...costs.drifts.map(costLine),
          ...budgets.map(budgetLine),
          ...closed.drifts.map(closingLine),
        ],
        line: wrong === 0 ? `${what}: no drift` : `${what}: drift, see above`,
        data: {
          from: period.from,
          to: period.to,
          rows: costs.rows,
          rollup_drift: rollups,
          cost_drift: costs.drifts,
          cost_drift_rows: costs.wrong,
          budget_drift: budgets,
          closed_months: closed.months,
          closed_month_drift: closed.drifts,
        },
        exitCode: wrong === 0 ? 0 : 1,
      };
    });
  },
};

/** A day's rollup row can only be compared with the whole day. */
function wholeDays({ from, to }: Period, timeZone: string): Period {
  return {
    from: from === null ? null : new Date(unitStart(from.getTime(), "day", timeZone)),
    to: to === null ? null : new Date(nextUnitStart(to.getTime() - 1, "day", timeZone)),
  };
}

function spanOf({ from, to }: Period): string {
  return [
    from === null ? "" : ` from ${from.toISOString()}`,
    to === null ? "" : ` to ${to.toISOString()}`,
  ].join("");
}

function rollupLine({ table, key, measure, rollup, ledger }: Drift): string {
  const names = Object.entries(key).map(([name, value]) => `${name}=${value}`);
  return `${table} ${names.join(" ")}: ${measure} is ${rollup}, the ledger adds up to ${ledger}`;
}

function budgetLine({ id, name, day, spend, ledger }: BudgetDrift): string {
  return `budget ${id} (${name}) on ${day}: spend is ${spend}, the ledger adds up to ${ledger}`;
}

function closingLine({ month, hash, recomputed }: ClosingDrift): string {
  return `closed month ${month}: closed with ${hash}, its lines have ${recomputed}`;
}

function costLine({ id, stored, again }: CostDrift): string {
  const shown = ({ status, cost, listCost }: CostDrift["stored"]) =>
    `${status} cost=${cost ?? "null"} list_cost=${listCost ?? "null"}`;
  const now = again === null ? "its rate set does not exist" : `priced again ${shown(again)}`;
  return `usage_event ${id}: stored ${shown(stored)}, ${now}`;
}
