import type { FiscalCalendar, PeriodRule } from "#lib/time/fiscal.ts";
import { printAmount } from "./amount.ts";
import { type Budget, SCOPE_DIMENSIONS } from "./budget.ts";

/** A budget as the API, its history and the audit log show it. */
export function printBudget(budget: Budget) {
  return {
    id: budget.id,
    name: budget.name,
    scope: Object.fromEntries(
      SCOPE_DIMENSIONS.flatMap((dimension) => {
        const value = budget.scope[dimension];
        return value === undefined ? [] : [[dimension, value]];
      }),
    ),
    period: printPeriod(budget.period),
    calendar: printCalendar(budget.calendar),
    limit: printAmount(budget.limit),
    currency: budget.unit,
    cost_basis: budget.costBasis,
    rollover: budget.rollover,
    rollover_cap: budget.rolloverCap === null ? null : printAmount(budget.rolloverCap),
    thresholds: budget.thresholds.map(({ kind, percent }) => ({ kind, percent })),
    pacing:
      budget.pacing === null
        ? null
        : { unit: budget.pacing.unit, limit: printAmount(budget.pacing.limit) },
    quiet_hours:
      budget.quietHours === null
        ? null
        : { from: budget.quietHours.from, to: budget.quietHours.to },
    digest: budget.hasDigest,
    parent_id: budget.parentId,
    owner: budget.owner,
    starts_at: new Date(budget.startsAt).toISOString().replace(".000Z", "Z"),
    revision: budget.limitRevision,
  };
}

/** What people call those parts of its scope that are ids; nothing where there are none. */
export function scopeLabels({ keyName }: Pick<Budget, "keyName">): {
  readonly scope_labels?: { readonly key: string };
} {
  return keyName === undefined ? {} : { scope_labels: { key: keyName } };
}

export function printCalendar(calendar: FiscalCalendar) {
  return calendar.kind === "months"
    ? { kind: calendar.kind, year_start_month: calendar.yearStartMonth }
    : {
        kind: calendar.kind,
        pattern: calendar.pattern,
        year_start_month: calendar.yearStartMonth,
        week_start: calendar.weekStart,
      };
}

/** Fields in one order, whatever order they were stored in, so that equals print alike. */
function printPeriod(rule: PeriodRule) {
  return rule.unit === "days"
    ? { unit: rule.unit, days: rule.days, anchor: rule.anchor }
    : { unit: rule.unit };
}

/** Equal for the same periods. */
export function periodKey({ period, calendar }: Pick<Budget, "period" | "calendar">): string {
  return JSON.stringify([printPeriod(period), printCalendar(calendar)]);
}
