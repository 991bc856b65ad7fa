import { printAmount } from "#lib/budgets/amount.ts";
import {
  type Budget,
  SCOPE_DIMENSIONS,
  type Scope,
  type ScopeDimension,
  type Threshold,
} from "#lib/budgets/budget.ts";
import { DEFAULT_THRESHOLDS } from "#lib/budgets/budget-input.ts";
import type { FiscalCalendar, PeriodRule } from "#lib/time/fiscal.ts";

/** What a budget's form is filled with: texts only, for it crosses to the browser. */
export type BudgetFormStart = {
  readonly id: string;
  readonly name: string;
  readonly scope: Readonly<Record<ScopeDimension, string>>;
  readonly isNarrow: boolean;
  readonly period: string;
  readonly days: string;
  readonly anchor: string;
  readonly calendar: string;
  readonly yearStartMonth: string;
  readonly weekStart: string;
  readonly limit: string;
  readonly currency: string;
  readonly costBasis: string;
  readonly rollover: string;
  readonly rolloverCap: string;
  readonly actual: string;
  readonly forecast: string;
  readonly pacingUnit: string;
  readonly pacingLimit: string;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly hasDigest: boolean;
  readonly parentId: string;
  readonly owner: string;
  /** Of a new budget alone. */
  readonly startsAt: string | null;
};

/** The form of a new budget, whose year is the organisation's. */
export function emptyForm(team: string, today: string, calendar: FiscalCalendar): BudgetFormStart {
  return {
    ...{ id: "", name: "", limit: "", currency: "USD", costBasis: "effective" },
    scope: { ...scopeTexts({}), team },
    isNarrow: false,
    ...periodTexts({ unit: "month" }, calendar, today),
    ...{ rollover: "none", rolloverCap: "", pacingUnit: "day", pacingLimit: "" },
    ...thresholdTexts(DEFAULT_THRESHOLDS),
    ...{ quietFrom: "", quietTo: "", hasDigest: true, parentId: "", owner: "", startsAt: "" },
  };
}

/** The form of a budget that is there. */
export function formOf(budget: Budget, today: string): BudgetFormStart {
  const { pacing, quietHours, rolloverCap } = budget;
  const scope = scopeTexts(budget.scope);
  return {
    id: budget.id,
    name: budget.name,
    scope,
    isNarrow: SCOPE_DIMENSIONS.some((name) => name !== "team" && scope[name] !== ""),
    ...periodTexts(budget.period, budget.calendar, today),
    limit: printAmount(budget.limit),
    currency: budget.unit,
    costBasis: budget.costBasis,
    rollover: budget.rollover,
    rolloverCap: rolloverCap === null ? "" : printAmount(rolloverCap),
    ...thresholdTexts(budget.thresholds),
    pacingUnit: pacing?.unit ?? "day",
    pacingLimit: pacing === null ? "" : printAmount(pacing.limit),
    quietFrom: quietHours?.from ?? "",
    quietTo: quietHours?.to ?? "",
    hasDigest: budget.hasDigest,
    parentId: budget.parentId ?? "",
    owner: budget.owner ?? "",
    startsAt: null,
  };
}

function scopeTexts(scope: Scope): Record<ScopeDimension, string> {
  const texts = SCOPE_DIMENSIONS.map((name) => [name, scope[name] ?? ""]);
  return Object.fromEntries(texts) as Record<ScopeDimension, string>;
}

function periodTexts(period: PeriodRule, calendar: FiscalCalendar, today: string) {
  return {
    period: period.unit,
    days: period.unit === "days" ? String(period.days) : "14",
    anchor: period.unit === "days" ? period.anchor : today,
    calendar: calendar.kind === "months" ? "months" : calendar.pattern,
    yearStartMonth: String(calendar.yearStartMonth),
    weekStart: calendar.kind === "weeks" ? String(calendar.weekStart) : "1",
  };
}

function thresholdTexts(thresholds: readonly Threshold[]) {
  const percents = (kind: Threshold["kind"]) =>
    thresholds
      .filter((each) => each.kind === kind)
      .map(({ percent }) => percent)
      .join(", ");
  return { actual: percents("actual"), forecast: percents("forecast") };
}
