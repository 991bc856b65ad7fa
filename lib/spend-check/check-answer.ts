import type { Viewer } from "#lib/access/viewer.ts";
import { maySee } from "#lib/budget-control/budget-access.ts";
import { printAmount } from "#lib/budgets/amount.ts";
import { scopeLabels } from "#lib/budgets/print-budget.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { totalTokens } from "#lib/usage/tokens.ts";
import type { Verdict, Weighed } from "./decide-call.ts";
import type { CallEstimate } from "./estimate-call.ts";
import type { Reservation } from "./reservation-book.ts";
import type { Bound } from "./standing.ts";

export type CheckFacts = {
  readonly verdict: Verdict;
  readonly estimate: CallEstimate;
  readonly reservation: Reservation | null;
  /** Age of the spend that the answer goes by. */
  readonly lagMs: number;
  readonly asOf: number;
  readonly processes: number;
  readonly publicUrl: string;
};

/**
 * The answer as the API prints it. Amounts of a budget that the viewer may not
 * see are null; that it is in the way, and when it ends, is said all the same.
 */
export function checkAnswer(viewer: Viewer, facts: CheckFacts) {
  const { verdict, estimate, reservation, lagMs, asOf, processes, publicUrl } = facts;
  const print = (weighed: Weighed) => budgetBody(viewer, weighed, reservation, publicUrl);
  const { decision, weighed, decisive } = verdict;
  const budgets = weighed.map(print);
  return {
    decision,
    budget: decisive === null ? null : (budgets[weighed.indexOf(decisive)] ?? null),
    budgets,
    retry_at: verdict.retryAt === null ? null : iso(verdict.retryAt),
    cheaper: verdict.cheaper.map(({ provider, model, cost }) => ({
      ...{ provider, model, cost: toDecimal(cost), currency: CURRENCY },
    })),
    estimate: {
      provider: estimate.provider,
      model: estimate.model,
      tokens: totalTokens(estimate.tokens),
      cost: toDecimal(estimate.cost),
      currency: CURRENCY,
      basis: estimate.basis,
      priced_by: estimate.pricedBy,
    },
    reservation:
      reservation === null
        ? null
        : {
            id: reservation.id,
            amount: toDecimal(reservation.amount),
            currency: CURRENCY,
            expires_at: iso(reservation.expiresAt),
          },
    as_of: iso(asOf),
    enforcement_lag_ms: lagMs,
    worst_case_overshoot: {
      amount: toDecimal(overshoot(estimate, processes)),
      currency: CURRENCY,
      processes,
    },
  };
}

export type CheckAnswer = ReturnType<typeof checkAnswer>;

/**
 * By how much calls that ask may still exceed a budget: this call may be as
 * large as the largest like it, and each other process may have granted one
 * such call that is not known here yet.
 */
function overshoot({ cost, largestCost }: CallEstimate, processes: number): CallEstimate["cost"] {
  return (largestCost - cost + BigInt(processes - 1) * largestCost) as CallEstimate["cost"];
}

function budgetBody(
  viewer: Viewer,
  { standing, held, amount, blockedBy }: Weighed,
  reservation: Reservation | null,
  publicUrl: string,
) {
  const { budget, tightest } = standing;
  const isVisible = maySee(viewer, budget);
  const reserved = (held + (reservation?.holds.get(budget.id) ?? 0n)) as typeof held;
  const left = (tightest.left - reserved) as typeof held;
  const { limit, spent, resetsAt } = printBound(tightest);
  return {
    id: budget.id,
    name: budget.name,
    scope: isVisible ? budget.scope : null,
    ...(isVisible ? scopeLabels(budget) : {}),
    bound: tightest.kind,
    limit: isVisible ? limit : null,
    spent: isVisible ? spent : null,
    reserved: isVisible ? printAmount(reserved) : null,
    remaining: isVisible ? printAmount(left) : null,
    currency: budget.unit,
    resets_at: resetsAt,
    owner: budget.owner,
    blocked_by: blockedBy,
    decides: amount !== null,
    url: `${publicUrl}/budgets/${budget.id}`,
  };
}

type PrintedBound = { readonly limit: string; readonly spent: string; readonly resetsAt: string };

/** A bound answers many calls before it is worked out anew. */
const PRINTED = new WeakMap<Bound, PrintedBound>();

function printBound(bound: Bound): PrintedBound {
  const known = PRINTED.get(bound);
  if (known !== undefined) return known;
  const printed = {
    limit: printAmount(bound.limit),
    spent: printAmount(bound.spent),
    resetsAt: iso(bound.resetsAt),
  };
  PRINTED.set(bound, printed);
  return printed;
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
