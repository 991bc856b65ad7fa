import { printAmount } from "#lib/budgets/amount.ts";
import { type Budget, SCOPE_DIMENSIONS } from "#lib/budgets/budget.ts";
import { type Column, count, decimal, text } from "#lib/tables/column.ts";
import type { FiscalCalendar } from "#lib/time/fiscal.ts";

/** The columns of a file of budgets; import-budgets.ts reads the same. */
export const BUDGET_COLUMNS = [
  "id",
  "name",
  ...SCOPE_DIMENSIONS,
  "period",
  "days",
  "anchor",
  "calendar",
  "limit",
  "currency",
  "cost_basis",
  "rollover",
  "rollover_cap",
  "thresholds",
  "pacing",
  "quiet_hours",
  "digest",
  "parent_id",
  "owner",
  "starts_at",
] as const;
export type BudgetColumn = (typeof BUDGET_COLUMNS)[number];

/** Budgets as a file. */
export const BUDGET_TABLE: readonly Column<Budget>[] = [
  text("id", ({ id }) => id),
  text("name", ({ name }) => name),
  ...SCOPE_DIMENSIONS.map((name) => text<Budget>(name, ({ scope }) => scope[name])),
  text("period", ({ period }) => period.unit),
  count("days", ({ period }) => (period.unit === "days" ? period.days : null)),
  text("anchor", ({ period }) => (period.unit === "days" ? period.anchor : null)),
  text("calendar", ({ calendar }) => calendarText(calendar)),
  decimal("limit", ({ limit }) => printAmount(limit)),
  text("currency", ({ unit }) => unit),
  text("cost_basis", ({ costBasis }) => costBasis),
  text("rollover", ({ rollover }) => rollover),
  decimal("rollover_cap", ({ rolloverCap }) =>
    rolloverCap === null ? null : printAmount(rolloverCap),
  ),
  text("thresholds", ({ thresholds }) =>
    thresholds.map(({ kind, percent }) => `${kind} ${percent}`).join("; "),
  ),
  text("pacing", ({ pacing }) =>
    pacing === null ? null : `${pacing.unit} ${printAmount(pacing.limit)}`,
  ),
  text("quiet_hours", ({ quietHours }) =>
    quietHours === null ? null : `${quietHours.from} to ${quietHours.to}`,
  ),
  text("digest", ({ hasDigest }) => String(hasDigest)),
  text("parent_id", ({ parentId }) => parentId),
  text("owner", ({ owner }) => owner),
  text("starts_at", ({ startsAt }) => new Date(startsAt).toISOString()),
];

/** "months from 4", or "4-4-5 from 2, weeks from 7". */
function calendarText(calendar: FiscalCalendar): string {
  return calendar.kind === "months"
    ? `months from ${calendar.yearStartMonth}`
    : `${calendar.pattern} from ${calendar.yearStartMonth}, weeks from ${calendar.weekStart}`;
}
