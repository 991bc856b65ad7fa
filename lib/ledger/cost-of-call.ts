import { type Usd, ZERO_USD } from "#lib/money/money.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import { listRateSetOf, type RateSet } from "#lib/pricing/rate-set.ts";
import { NO_TOKENS, type Tokens, totalTokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { CostStatus } from "./ledger-row.ts";

/** What of a model call decides its cost, besides its rates. */
export type CallToCost = Pick<UsageEvent, "status" | "funding" | "flags" | "units"> & {
  /** As they count: inherited or differenced. Null when nobody told. */
  readonly tokens: Tokens | null;
};

export type CallCost = {
  readonly status: CostStatus;
  /** A lower bound while `partial`, null while `unpriced`. */
  readonly cost: Usd | null;
  readonly listCost: Usd | null;
};

/** Of tool calls and agent runs. */
export const NO_COST: CallCost = { status: "not_applicable", cost: null, listCost: null };

const UNPRICED: CallCost = { status: "unpriced", cost: null, listCost: null };

/**
 * The cost of a model call at its rates, and at the list prices beneath them.
 * Missing usage leaves it unpriced (missing is not zero) except for a failed
 * attempt, which is taken to have used nothing. A call that a plan, credits or a
 * commitment pays for costs nothing itself; what the same tokens cost by the
 * API is its list cost. Of half-told usage the cost is a lower bound (`partial`).
 */
export function costOfCall(call: CallToCost, rateSet: RateSet): CallCost {
  const { flags } = call;
  const tokens = call.tokens ?? (call.status === "error" ? NO_TOKENS : null);
  if (tokens === null) return UNPRICED;
  const priced = priceWithRateSet(rateSet, tokens, call.units);
  const list = listRateSetOf(rateSet);
  const listed = list === rateSet ? priced : priceWithRateSet(list, tokens, call.units);
  const listCost = listed.status === "unpriced" ? null : listed.lowerBound;
  if (call.funding === "plan" || rateSet.funding !== undefined)
    return { status: "included", cost: ZERO_USD, listCost };
  if (flags.includes("split_unknown") && totalTokens(tokens) > 0) return UNPRICED;
  const cost = priced.status === "unpriced" ? null : priced.lowerBound;
  const isHalf = flags.includes("usage_incomplete") && priced.status === "priced";
  return { status: isHalf ? "partial" : priced.status, cost, listCost };
}
