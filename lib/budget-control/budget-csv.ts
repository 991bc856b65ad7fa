import { printAmount } from "#lib/budgets/amount.ts";
import { type Budget, SCOPE_DIMENSIONS, type Scope } from "#lib/budgets/budget.ts";
import { type CsvCell, type CsvFlavor, csvHeader, csvRow } from "#lib/reports/csv.ts";
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

/** Budgets as CSV (RFC 4180), with the header row. */
export function budgetsCsv(budgets: readonly Budget[], flavor: CsvFlavor): string {
  const lines = budgets.map((budget) => {
    const cells = cellsOf(budget);
    return csvRow(
      BUDGET_COLUMNS.map((column) => cells[column]),
      flavor,
    );
  });
  return csvHeader(BUDGET_COLUMNS, flavor) + lines.join("");
}

function cellsOf(budget: Budget): Readonly<Record<BudgetColumn, CsvCell>> {
  const { period, pacing, quietHours, rolloverCap } = budget;
  const isDays = period.unit === "days";
  return {
    ...scopeCells(budget.scope),
    id: { text: budget.id },
    name: { text: budget.name },
    period: { text: period.unit },
    days: isDays ? { number: period.days } : { text: null },
    anchor: { text: isDays ? period.anchor : null },
    calendar: { text: calendarText(budget.calendar) },
    limit: { number: printAmount(budget.limit) },
    currency: { text: budget.unit },
    cost_basis: { text: budget.costBasis },
    rollover: { text: budget.rollover },
    rollover_cap: rolloverCap === null ? { text: null } : { number: printAmount(rolloverCap) },
    thresholds: {
      text: budget.thresholds.map(({ kind, percent }) => `${kind} ${percent}`).join("; "),
    },
    pacing: { text: pacing === null ? null : `${pacing.unit} ${printAmount(pacing.limit)}` },
    quiet_hours: { text: quietHours === null ? null : `${quietHours.from} to ${quietHours.to}` },
    digest: { text: String(budget.hasDigest) },
    parent_id: { text: budget.parentId },
    owner: { text: budget.owner },
    starts_at: { text: new Date(budget.startsAt).toISOString() },
  };
}

function scopeCells(scope: Scope): Readonly<Record<keyof Scope, CsvCell>> {
  const cells = SCOPE_DIMENSIONS.map((name) => [name, { text: scope[name] ?? null }] as const);
  return Object.fromEntries(cells) as Record<keyof Scope, CsvCell>;
}

/** "months from 4", or "4-4-5 from 2, weeks from 7". */
function calendarText(calendar: FiscalCalendar): string {
  return calendar.kind === "months"
    ? `months from ${calendar.yearStartMonth}`
    : `${calendar.pattern} from ${calendar.yearStartMonth}, weeks from ${calendar.weekStart}`;
}
