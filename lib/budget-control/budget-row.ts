import type { Fragment } from "postgres";
import { keyName } from "#lib/access/key-name.ts";
import { parseAmount } from "#lib/budgets/amount.ts";
import type { Budget, QuietHours, Scope, Threshold } from "#lib/budgets/budget.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { FiscalCalendar, PeriodRule } from "#lib/time/fiscal.ts";

/** A row of the table `budget`, as the driver hands it over. */
export type BudgetRow = {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly key_label: string | null;
  readonly period: { readonly rule: PeriodRule; readonly calendar: FiscalCalendar };
  readonly unit: string;
  readonly limit_amount: string;
  readonly cost_basis: Budget["costBasis"];
  readonly rollover: Budget["rollover"];
  readonly rollover_cap: string | null;
  readonly thresholds: readonly Threshold[];
  readonly pacing: { readonly unit: "day" | "week"; readonly limit: string } | null;
  readonly quiet_hours: QuietHours | null;
  readonly has_digest: boolean;
  readonly parent_id: string | null;
  readonly owner: string | null;
  readonly starts_at: Date;
  readonly limit_revision: number;
};

export function budgetColumns(sql: SqlClient | Tx): Fragment {
  return sql`id, name, scope,
    (select label from access_key where access_key.id = budget.scope->>'key') as key_label,
    period, unit, limit_amount, cost_basis, rollover, rollover_cap, thresholds, pacing, quiet_hours,
    has_digest, parent_id, owner, starts_at, limit_revision`;
}

export function toBudget(row: BudgetRow): Budget {
  const { pacing } = row;
  return {
    id: row.id,
    name: row.name,
    scope: row.scope,
    ...(row.scope.key === undefined
      ? {}
      : { keyName: keyName(row.scope.key, row.key_label ?? "") }),
    period: row.period.rule,
    calendar: row.period.calendar,
    unit: row.unit,
    limit: parseAmount(row.limit_amount),
    costBasis: row.cost_basis,
    rollover: row.rollover,
    rolloverCap: row.rollover_cap === null ? null : parseAmount(row.rollover_cap),
    thresholds: row.thresholds,
    pacing: pacing === null ? null : { unit: pacing.unit, limit: parseAmount(pacing.limit) },
    quietHours: row.quiet_hours,
    hasDigest: row.has_digest,
    parentId: row.parent_id,
    owner: row.owner,
    startsAt: row.starts_at.getTime(),
    limitRevision: row.limit_revision,
  };
}
