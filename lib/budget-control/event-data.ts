import { printAmount } from "#lib/budgets/amount.ts";
import type { Budget, ThresholdKind } from "#lib/budgets/budget.ts";
import { scopeLabels } from "#lib/budgets/print-budget.ts";
import { hasReached } from "#lib/budgets/share.ts";
import type { BudgetStatus } from "#lib/budgets/status.ts";
import type { Span } from "#lib/time/fiscal.ts";
import { dateOf } from "./day-spend.ts";
import type { TopDriver } from "./top-drivers.ts";

/** Where links in messages lead. */
export type Links = { readonly publicUrl: string };

/** A budget as messages name it; the limit is the one in force. */
export function budgetInEvent(
  budget: Budget,
  period: Span,
  limit: BudgetStatus["limit"]["total"],
  timeZone: string,
) {
  return {
    id: budget.id,
    name: budget.name,
    scope: { ...budget.scope },
    ...scopeLabels(budget),
    period_start: iso(period.start),
    period_end: iso(period.end),
    limit: printAmount(limit),
    currency: budget.unit,
    owner: budget.owner,
    time_zone: timeZone,
  };
}

/** What a message says of a budget's state, as CONTRACTS section 6 has it. */
export function stateInEvent(
  status: BudgetStatus,
  drivers: readonly TopDriver[],
  { now, timeZone, publicUrl }: { now: number; timeZone: string } & Links,
) {
  const { budget, period, limit, spent, forecast, crossing } = status;
  const dateIn = (day: number | null) => (day === null ? null : dateOf(day, timeZone));
  return {
    budget: budgetInEvent(budget, period, limit.total, timeZone),
    spent: printAmount(spent),
    remaining: printAmount(status.remaining),
    forecast:
      forecast === null
        ? null
        : {
            p10: printAmount(forecast.p10),
            p50: printAmount(forecast.p50),
            p90: printAmount(forecast.p90),
          },
    crossing_date: dateIn(crossing.expected),
    crossing_earliest: dateIn(crossing.earliest),
    crossing_latest: dateIn(crossing.latest),
    unpriced_calls: status.unpricedCalls,
    top_drivers: drivers.map((driver) => ({ ...driver })),
    as_of: iso(now),
    url: budgetUrl(budget.id, { publicUrl }),
  };
}

/** The highest that spend is above, else what its forecast or a pacing limit is above; null: nothing. */
export function stillCrossed({ budget, thresholds, spent, limit, pacing }: BudgetStatus) {
  const crossed = thresholds.filter(({ isCrossed }) => isCrossed);
  const percents = (wanted: ThresholdKind) =>
    crossed.filter(({ kind }) => kind === wanted).map(({ percent }) => percent);
  const actual = [...percents("actual"), ...(spent > limit.total ? [100] : [])];
  if (actual.length > 0) return thresholdInEvent("actual", Math.max(...actual));
  const forecast = percents("forecast");
  if (forecast.length > 0) return thresholdInEvent("forecast", Math.max(...forecast));
  if (pacing === null || !hasReached(pacing.spent, pacing.limit, 100)) return null;
  return { ...thresholdInEvent("actual", 100), pacing: budget.pacing?.unit ?? null };
}

export function thresholdInEvent(kind: ThresholdKind, percent: number) {
  return { kind, percent };
}

export function budgetUrl(id: string, { publicUrl }: Links): string {
  return `${publicUrl}/budgets/${id}`;
}

export function iso(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
