import type { Maturity } from "#lib/forecast/maturity.ts";
import type { Span } from "#lib/time/fiscal.ts";
import { dayStart } from "#lib/time/zone.ts";
import { type Amount, NOTHING } from "./amount.ts";
import type { Budget, DaySpend, Threshold } from "./budget.ts";
import { dayWeights } from "./day-weights.ts";
import {
  type CrossingDays,
  dayStarts,
  type Forecaster,
  type Outlook,
  type SpendForecast,
} from "./forecast-spend.ts";
import type { Limit, LimitFacts } from "./limit.ts";
import { lookAt, type PacingStatus } from "./look.ts";
import { hasReached, shareOf } from "./share.ts";

export const BUDGET_STATES = ["over", "at_risk", "on_track", "unused"] as const;
export type BudgetState = (typeof BUDGET_STATES)[number];

export type ThresholdStatus = Threshold & {
  readonly amount: Amount;
  readonly isCrossed: boolean;
  /** The day on which spend has reached it, or is expected to; null: not within the period. */
  readonly day: number | null;
};

/** All that a budget's page, alert and API answer say of the running period. */
export type BudgetStatus = {
  readonly budget: Budget;
  readonly period: Span;
  readonly limit: Limit;
  readonly spent: Amount;
  readonly unpricedCalls: number;
  /** Reserved for calls that are under way. */
  readonly committed: Amount;
  readonly remaining: Amount;
  /** A day, over the days of the period that have passed, at least one. */
  readonly burnRate: Amount;
  /** What would be spent by now if the limit were spent over the period as usage is over a week. */
  readonly pace: Amount;
  readonly forecast: SpendForecast | null;
  readonly maturity: Maturity;
  readonly cone: Outlook["cone"];
  /** What each weekday spends against an average day, today first. */
  readonly profile: readonly number[];
  /** When the limit is reached; the day itself once it was. */
  readonly crossing: CrossingDays;
  readonly thresholds: readonly ThresholdStatus[];
  readonly pacing: PacingStatus | null;
  readonly state: BudgetState;
};

export type StatusFacts = LimitFacts & { readonly committed: Amount };

/** Works out where a budget stands. */
export function statusOf(facts: StatusFacts, now: number, forecaster?: Forecaster): BudgetStatus {
  const { budget, timeZone, committed } = facts;
  const { period, within, spent, unpricedCalls, limit, outlook, pacing } = lookAt(
    facts,
    now,
    forecaster,
  );
  const dayOf = crossingDays(within, spent, outlook);
  const pace = paceAt(limit.total, period, now, timeZone, outlook.profile);
  return {
    budget,
    period,
    limit,
    spent,
    unpricedCalls,
    committed,
    remaining: (limit.total - spent - committed) as Amount,
    burnRate: burnRateAt(spent, period, now),
    pace,
    forecast: outlook.forecast,
    maturity: outlook.maturity,
    cone: outlook.cone,
    profile: outlook.profile,
    crossing: dayOf(limit.total),
    thresholds: budget.thresholds.map((threshold) => {
      const amount = shareOf(limit.total, threshold.percent);
      const reached = threshold.kind === "actual" ? spent : (outlook.forecast?.p50 ?? NOTHING);
      const isCrossed = hasReached(reached, limit.total, threshold.percent);
      return { ...threshold, amount, isCrossed, day: dayOf(amount).expected };
    }),
    pacing,
    state: stateOf(spent, limit.total, pace, outlook.forecast),
  };
}

function stateOf(
  spent: Amount,
  limit: Amount,
  pace: Amount,
  forecast: SpendForecast | null,
): BudgetState {
  if (hasReached(spent, limit, 100)) return "over";
  if (forecast !== null) {
    if (forecast.p50 >= limit) return "at_risk";
    return spent === 0n ? "unused" : "on_track";
  }
  if (spent === 0n) return "unused";
  // Without a forecast: a tenth above the pace, and enough of the limit to matter.
  const isAhead = spent * 10n > pace * 11n && hasReached(spent, limit, 50);
  return isAhead ? "at_risk" : "on_track";
}

/** The day on which an amount was reached, else that on which it is expected to be. */
function crossingDays(
  within: readonly DaySpend[],
  spent: Amount,
  outlook: Outlook,
): (amount: Amount) => CrossingDays {
  return (amount) => {
    if (spent === 0n || spent < amount) return outlook.crossingOf(amount);
    let sum = 0n;
    for (const each of within) {
      sum += each.spent;
      if (sum >= amount) return { expected: each.day, earliest: each.day, latest: each.day };
    }
    return outlook.crossingOf(amount);
  };
}

const DAY_MS = 86_400_000;
const PARTS = 1_000_000;
const MILLIONTH = 10n ** 12n;

function burnRateAt(spent: Amount, { start }: Span, now: number): Amount {
  const elapsed = Math.max(DAY_MS, now - start);
  const rate = (spent * BigInt(DAY_MS)) / BigInt(Math.round(elapsed));
  // A rate is told, never added up: six decimals do.
  return (rate - (rate % MILLIONTH)) as Amount;
}

/** The limit's share of the days that have passed, each day weighted as its weekday spends. */
function paceAt(
  limit: Amount,
  period: Span,
  now: number,
  timeZone: string,
  profile: readonly number[],
): Amount {
  const today = dayStart(now, timeZone);
  const starts = dayStarts(period.start, period.end, timeZone);
  const todayIndex = starts.indexOf(today);
  let [passed, all] = [0, 0];
  const weights = dayWeights(starts.length, todayIndex, profile);
  for (const [index, start] of starts.entries()) {
    const weight = weights[index] ?? 1;
    const end = starts[index + 1] ?? period.end;
    const over = Math.min(1, Math.max(0, (now - start) / (end - start)));
    all += weight;
    passed += weight * over;
  }
  const share = all > 0 ? passed / all : 0;
  return ((limit * BigInt(Math.round(share * PARTS))) / BigInt(PARTS)) as Amount;
}
