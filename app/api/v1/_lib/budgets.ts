import { z } from "zod";
import { dateOf } from "#lib/budget-control/day-spend.ts";
import type { ApplyingBudget } from "#lib/budget-control/explain-call.ts";
import type { IncreaseRecord } from "#lib/budget-control/increases.ts";
import type { Alert } from "#lib/budget-control/list-crossings.ts";
import type { MuteRecord } from "#lib/budget-control/mutes.ts";
import type { ListedBudget } from "#lib/budget-control/read-budgets.ts";
import { type Amount as BudgetAmount, printAmount } from "#lib/budgets/amount.ts";
import { SCOPE_DIMENSIONS } from "#lib/budgets/budget.ts";
import type { PeriodRecord } from "#lib/budgets/limit.ts";
import { printBudget, scopeLabels } from "#lib/budgets/print-budget.ts";
import { ROLL_UP_PROBLEMS, type RollUp } from "#lib/budgets/roll-up.ts";
import { BUDGET_STATES } from "#lib/budgets/status.ts";
import { limit } from "#lib/parameters/limit.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

const Day = z.iso.date().nullable();

export const BudgetsParameters = z.strictObject({
  team: z.string().max(200).optional(),
  state: z.enum(BUDGET_STATES).optional(),
  id: z.uuid().optional(),
  limit: limit(100, 1_000),
  cursor: Cursor.optional(),
});

export const StatusBody = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: z.enum(BUDGET_STATES),
  spent: Amount,
  committed: Amount.meta({ description: "Reserved for calls under way" }),
  limit: Amount.meta({ description: "In force: with what was carried over and increases" }),
  remaining: Amount,
  currency: z.string().meta({ description: 'ISO 4217, or "tokens"' }),
  cost_basis: z.string(),
  limit_base: Amount,
  limit_carried: Amount,
  limit_increased: Amount,
  unpriced_calls: z.int().meta({ description: "Above 0: `spent` is a lower bound" }),
  period_start: Instant,
  period_end: Instant,
  resets_at: Instant,
  burn_rate: Amount.meta({ description: "A day, over the days of the period that have passed" }),
  pace: Amount.meta({ description: "What the limit allows by now, by the season of the week" }),
  forecast: z.strictObject({
    p10: Amount.nullable(),
    p50: Amount.nullable(),
    p90: Amount.nullable(),
    maturity: z.string().meta({ description: "none and early: not enough history" }),
  }),
  crossing_date: Day,
  crossing_earliest: Day,
  crossing_latest: Day,
  thresholds: z.array(
    z.strictObject({
      kind: z.enum(["actual", "forecast"]),
      percent: z.number(),
      amount: Amount,
      crossed: z.boolean(),
      date: Day,
    }),
  ),
  pacing: z.strictObject({ start: Instant, end: Instant, limit: Amount, spent: Amount }).nullable(),
  roll_up: z
    .strictObject({
      allotted: Amount.meta({ description: "Of the budgets below it with its unit and period" }),
      unallotted: Amount.meta({ description: "Below zero: they have more than this budget" }),
      children: z.array(z.strictObject({ id: z.string(), name: z.string(), limit: Amount })),
      problems: z.array(
        z.strictObject({
          kind: z.enum(ROLL_UP_PROBLEMS),
          child: z.string().nullable(),
          over: Amount.nullable(),
        }),
      ),
    })
    .nullable()
    .meta({ description: "Against the budgets below it, by the limits in force; null: none" }),
  muted_until: Instant.nullable(),
  owner: z.string().nullable(),
  as_of: Instant,
});

export const BudgetBody = z.looseObject({
  id: z.string(),
  name: z.string(),
  scope: z.partialRecord(z.enum(SCOPE_DIMENSIONS), z.string()),
  limit: Amount,
  currency: z.string(),
});
export const BudgetsBody = z.strictObject({
  budgets: z.array(BudgetBody),
  next_cursor: z.string().nullable(),
});

export function budgetBody(listed: ListedBudget, timeZone: string, now: number) {
  const { budget } = listed.status;
  const status = statusBody(listed, timeZone, now);
  return { ...printBudget(budget), ...scopeLabels(budget), status };
}

export function statusBody(
  { status, mute, rollUp }: ListedBudget,
  timeZone: string,
  now: number,
): z.input<typeof StatusBody> {
  const { budget, limit: inForce, period, forecast, crossing, pacing } = status;
  const date = (day: number | null) => (day === null ? null : dateOf(day, timeZone));
  const amount = (value: BudgetAmount | undefined) =>
    value === undefined ? null : printAmount(value);
  return {
    id: budget.id,
    name: budget.name,
    state: status.state,
    spent: printAmount(status.spent),
    committed: printAmount(status.committed),
    limit: printAmount(inForce.total),
    remaining: printAmount(status.remaining),
    currency: budget.unit,
    cost_basis: budget.costBasis,
    limit_base: printAmount(inForce.base),
    limit_carried: printAmount(inForce.carried),
    limit_increased: printAmount(inForce.increased),
    unpriced_calls: status.unpricedCalls,
    period_start: at(period.start),
    period_end: at(period.end),
    resets_at: at(period.end),
    burn_rate: printAmount(status.burnRate),
    pace: printAmount(status.pace),
    forecast: {
      p10: amount(forecast?.p10),
      p50: amount(forecast?.p50),
      p90: amount(forecast?.p90),
      maturity: status.maturity,
    },
    crossing_date: date(crossing.expected),
    crossing_earliest: date(crossing.earliest),
    crossing_latest: date(crossing.latest),
    thresholds: status.thresholds.map((threshold) => ({
      kind: threshold.kind,
      percent: threshold.percent,
      amount: printAmount(threshold.amount),
      crossed: threshold.isCrossed,
      date: date(threshold.day),
    })),
    pacing:
      pacing === null
        ? null
        : {
            start: at(pacing.start),
            end: at(pacing.end),
            limit: printAmount(pacing.limit),
            spent: printAmount(pacing.spent),
          },
    roll_up: rollUpBody(rollUp),
    muted_until: mute === null ? null : at(mute.endsAt),
    owner: budget.owner,
    as_of: at(now),
  };
}

function rollUpBody({ children, allotted, unallotted, problems }: RollUp) {
  if (children.length === 0) return null;
  return {
    allotted: printAmount(allotted),
    unallotted: printAmount(unallotted),
    children: children.map(({ budget: { id, name }, limit: inForce }) => ({
      ...{ id, name, limit: printAmount(inForce) },
    })),
    problems: problems.map((problem) => ({
      kind: problem.kind,
      child: problem.kind === "children_exceed" ? null : problem.child,
      over: problem.kind === "children_exceed" ? printAmount(problem.over) : null,
    })),
  };
}

export function periodBody(record: PeriodRecord) {
  return {
    period_start: at(record.start),
    period_end: at(record.end),
    opening: printAmount(record.opening),
    limit: printAmount(record.limit),
    spent: printAmount(record.spent),
    closing: printAmount(record.closing),
    unpriced_calls: record.unpricedCalls,
  };
}

export function alertBody(alert: Alert) {
  return {
    id: alert.id,
    basis: alert.basis,
    percent: alert.percent,
    period_start: iso(alert.periodStart),
    crossed_at: iso(alert.crossedAt),
    spent: printAmount(alert.spent),
    limit: printAmount(alert.limit),
    sent_at: isoOrNull(alert.sentAt),
    held_until: isoOrNull(alert.heldUntil),
    silent_because: alert.silentBecause,
    uncrossed_at: isoOrNull(alert.uncrossedAt),
    recrossed_at: isoOrNull(alert.recrossedAt),
  };
}

export function increaseBody(record: IncreaseRecord) {
  return {
    id: record.id,
    budget_id: record.budgetId,
    amount: printAmount(record.amount),
    reason: record.reason,
    status: record.status,
    starts_at: iso(record.startsAt),
    ends_at: iso(record.endsAt),
    requested_at: iso(record.requestedAt),
    requested_by: record.requestedBy,
    decided_at: isoOrNull(record.decidedAt),
    decided_by: record.decidedBy,
    decision_note: record.decisionNote,
  };
}

export function muteBody(record: MuteRecord) {
  return {
    id: record.id,
    reason: record.reason,
    muted_at: iso(record.mutedAt),
    muted_by: record.mutedBy,
    ends_at: iso(record.endsAt),
  };
}

export function applyingBody({ status, covers, because, isCurrent }: ApplyingBudget) {
  return {
    ...{ id: status.budget.id, name: status.budget.name, scope: { ...status.budget.scope } },
    ...scopeLabels(status.budget),
    applies: covers,
    does_not_match: because,
    in_running_period: isCurrent,
    limit: printAmount(status.limit.total),
    spent: printAmount(status.spent),
    remaining: printAmount(status.remaining),
    currency: status.budget.unit,
    resets_at: at(status.period.end),
    owner: status.budget.owner,
    state: status.state,
  };
}

function at(ms: number): string {
  return iso(new Date(ms));
}

function isoOrNull(when: Date | null): string | null {
  return when === null ? null : iso(when);
}
