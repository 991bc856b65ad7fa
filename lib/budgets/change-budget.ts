import type { FiscalCalendar } from "#lib/time/fiscal.ts";
import type { Budget, Scope } from "./budget.ts";
import type { BudgetPatch, NewBudgetInput } from "./budget-input.ts";
import { periodKey } from "./print-budget.ts";

/** The fields of a new budget that come from what was sent; `calendar` is the organisation's. */
export function budgetFrom(
  input: NewBudgetInput,
  { id, startsAt, calendar }: Pick<Budget, "id" | "startsAt" | "calendar">,
): Budget {
  return {
    id,
    name: input.name,
    scope: scopeFrom(input.scope),
    period: input.period,
    calendar: input.calendar === undefined ? calendar : calendarFrom(input.calendar),
    unit: input.currency,
    limit: input.limit,
    costBasis: input.cost_basis,
    rollover: input.rollover,
    rolloverCap: input.rollover_cap,
    thresholds: input.thresholds,
    pacing: input.pacing,
    quietHours: input.quiet_hours,
    hasDigest: input.digest,
    parentId: input.parent_id,
    owner: input.owner,
    startsAt,
    limitRevision: 1,
  };
}

/** A budget with a change. The limit's revision rises when what a threshold is a share of changes. */
export function patched(budget: Budget, patch: BudgetPatch): Budget {
  const next: Budget = {
    ...budget,
    name: patch.name ?? budget.name,
    scope: patch.scope === undefined ? budget.scope : scopeFrom(patch.scope),
    period: patch.period ?? budget.period,
    calendar: patch.calendar === undefined ? budget.calendar : calendarFrom(patch.calendar),
    unit: patch.currency ?? budget.unit,
    limit: patch.limit ?? budget.limit,
    costBasis: patch.cost_basis ?? budget.costBasis,
    rollover: patch.rollover ?? budget.rollover,
    rolloverCap: kept(patch.rollover_cap, budget.rolloverCap),
    thresholds: patch.thresholds ?? budget.thresholds,
    pacing: kept(patch.pacing, budget.pacing),
    quietHours: kept(patch.quiet_hours, budget.quietHours),
    hasDigest: patch.digest ?? budget.hasDigest,
    parentId: kept(patch.parent_id, budget.parentId),
    owner: kept(patch.owner, budget.owner),
  };
  const changesLimit = meaningOfLimit(next) !== meaningOfLimit(budget);
  return changesLimit ? { ...next, limitRevision: budget.limitRevision + 1 } : next;
}

/** Null is a value; what was left out stays. */
function kept<Value>(given: Value | undefined, old: Value): Value {
  return given === undefined ? old : given;
}

/** All that decides how much a threshold's percent is, and of what. */
function meaningOfLimit(budget: Budget): string {
  const { scope, unit, limit, costBasis, rollover, rolloverCap, pacing } = budget;
  const amounts = [limit, rolloverCap, pacing?.limit].map(String);
  return JSON.stringify([
    Object.entries(scope).sort(([a], [b]) => (a < b ? -1 : 1)),
    ...[periodKey(budget), unit, costBasis, rollover, amounts, pacing?.unit],
  ]);
}

function scopeFrom(input: NewBudgetInput["scope"]): Scope {
  const named = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(named);
}

function calendarFrom(input: NonNullable<NewBudgetInput["calendar"]>): FiscalCalendar {
  return input.kind === "months"
    ? { kind: "months", yearStartMonth: input.year_start_month }
    : {
        kind: "weeks",
        pattern: input.pattern,
        yearStartMonth: input.year_start_month,
        weekStart: input.week_start,
      };
}
