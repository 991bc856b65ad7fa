import type { Viewer } from "#lib/access/viewer.ts";
import { maySee } from "#lib/budget-control/budget-access.ts";
import { printAmount } from "#lib/budgets/amount.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { totalTokens } from "#lib/usage/tokens.ts";
import type { Verdict, Weighed } from "./decide-call.ts";
import type { CallEstimate } from "./estimate-call.ts";
import type { Reservation } from "./reservation-book.ts";

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
  return {
    decision: verdict.decision,
    budget: verdict.decisive === null ? null : print(verdict.decisive),
    budgets: verdict.weighed.map(print),
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
  { standing, held, tightest, amount, blockedBy }: Weighed,
  reservation: Reservation | null,
  publicUrl: string,
) {
  const { budget } = standing;
  const isVisible = maySee(viewer, budget);
  const reserved = (held + (reservation?.holds.get(budget.id) ?? 0n)) as typeof held;
  const left = (tightest.limit - tightest.spent - reserved) as typeof held;
  const shown = (value: typeof held) => (isVisible ? printAmount(value) : null);
  return {
    id: budget.id,
    name: budget.name,
    scope: isVisible ? budget.scope : null,
    bound: tightest.kind,
    limit: shown(tightest.limit),
    spent: shown(tightest.spent),
    reserved: shown(reserved),
    remaining: shown(left),
    currency: budget.unit,
    resets_at: iso(tightest.resetsAt),
    owner: budget.owner,
    blocked_by: blockedBy,
    decides: amount !== null,
    url: `${publicUrl}/budgets/${budget.id}`,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
