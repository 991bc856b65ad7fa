import { type Amount, amountOfTokens, sumAmounts, TOKENS } from "#lib/budgets/amount.ts";
import { type Budget, SCOPE_DIMENSIONS } from "#lib/budgets/budget.ts";
import { type LimitFacts, limitAt } from "#lib/budgets/limit.ts";
import { type CallDimensions, type TeamParent, teamsBelow } from "#lib/budgets/scope.ts";
import { convertBy } from "#lib/currency/convert.ts";
import { LEDGER_CURRENCY, type UsedRate } from "#lib/currency/exchange-rates.ts";
import { periodAt, type Span } from "#lib/time/fiscal.ts";
import { totalTokens } from "#lib/usage/tokens.ts";
import type { CallEstimate } from "./estimate-call.ts";

/** A limit that a call must fit in: the budget's own, or a shorter one inside its period. */
export type Bound = {
  readonly kind: "period" | "pacing";
  readonly limit: Amount;
  readonly spent: Amount;
  /** Of the limit; below zero where it is exceeded. */
  readonly left: Amount;
  /** When it starts again from nothing. */
  readonly resetsAt: number;
};

/** A budget as far as it decides about a call. */
export type Standing = {
  readonly budget: Budget;
  readonly covers: (call: CallDimensions) => boolean;
  readonly bounds: readonly Bound[];
  /** The one with the least left. */
  readonly tightest: Bound;
  /** Null: the budget is in dollars or tokens, or no rate is known for its currency. */
  readonly rate: UsedRate | null;
};

/** Works out where a budget stands at an instant. */
export function standingOf(
  facts: LimitFacts,
  teams: readonly TeamParent[],
  rate: UsedRate | null,
  now: number,
): Standing {
  const { budget, days, timeZone } = facts;
  const boundIn = (kind: Bound["kind"], limit: Amount, { start, end }: Span): Bound => {
    const inside = days.filter(({ day }) => day >= start && day < end);
    const spent = sumAmounts(inside.map((day) => day.spent));
    return { kind, limit, spent, left: (limit - spent) as Amount, resetsAt: end };
  };
  const whole = boundIn(
    "period",
    limitAt(facts, now).total,
    periodAt(now, budget.period, budget.calendar, timeZone),
  );
  const bounds = [whole];
  if (budget.pacing !== null) {
    const { unit, limit } = budget.pacing;
    bounds.push(boundIn("pacing", limit, periodAt(now, { unit }, budget.calendar, timeZone)));
  }
  const tightest = bounds.reduce((least, bound) => (bound.left < least.left ? bound : least));
  return { budget, covers: matcher(budget, teams), bounds, tightest, rate };
}

/** What a call takes from a budget, in its unit; null where no exchange rate is known. */
export function amountFor(
  { budget, rate }: Standing,
  { tokens, cost, listCost }: Pick<CallEstimate, "tokens" | "cost" | "listCost">,
): Amount | null {
  if (budget.unit === TOKENS) return amountOfTokens(BigInt(totalTokens(tokens)));
  const usd = budget.costBasis === "list" ? listCost : cost;
  if (budget.unit === LEDGER_CURRENCY) return usd as bigint as Amount;
  return rate === null ? null : (convertBy(usd, rate) as bigint as Amount);
}

/** `coverage` of budgets/scope.ts, with its teams looked up once. */
function matcher({ scope }: Budget, teams: readonly TeamParent[]): Standing["covers"] {
  const below = scope.team === undefined ? null : new Set(teamsBelow(scope.team, teams));
  const wanted = SCOPE_DIMENSIONS.filter(
    (dimension) => dimension !== "team" && scope[dimension] !== undefined,
  );
  return (call) =>
    (below === null || (call.team !== null && below.has(call.team))) &&
    wanted.every((dimension) => call[dimension] === scope[dimension]);
}
