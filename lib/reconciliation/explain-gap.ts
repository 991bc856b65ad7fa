import { addUsd, multiplyFraction, subtractUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { GapReason } from "./comparison.ts";

/** Both sides of a model's class of tokens over the month. */
export type GapGroup = {
  readonly invoiced: Usd;
  readonly ours: Usd;
  readonly covered: Usd;
  /** Null: the invoice counts none. */
  readonly invoicedTokens: bigint | null;
  readonly tokens: bigint;
  readonly coveredTokens: bigint;
  readonly unpricedCalls: number;
  /** What the rows of the invoice may be off by rounding. */
  readonly tolerance: Usd;
};

export type GapPart = { readonly reason: GapReason; readonly amount: Usd };

/**
 * Why the invoice asks for more (above zero) or less than the ledger has; the
 * parts add up to the gap. In this order: rounding, when that can be all; what
 * a plan is said to have paid; tokens that one side has and the other has not,
 * at the invoice's price; and what is left of the same tokens is a matter of
 * price, or of calls without one.
 */
export function explainGap(group: GapGroup): readonly GapPart[] {
  const gap = subtractUsd(group.invoiced, group.ours);
  if (gap === 0n) return [];
  if (abs(gap) <= group.tolerance) return [{ reason: "rounding", amount: gap }];
  const planned = plannedPart(group, gap);
  const metered = {
    ...group,
    invoiced: subtractUsd(group.invoiced, planned.amount),
    invoicedTokens: group.invoicedTokens === null ? null : group.invoicedTokens - planned.tokens,
  };
  const volume = volumePart(metered, subtractUsd(gap, planned.amount));
  const rest = subtractUsd(subtractUsd(gap, planned.amount), volume);
  return [
    { reason: "plan_paid" as const, amount: planned.amount },
    {
      reason: volume > 0n ? ("not_instrumented" as const) : ("not_invoiced" as const),
      amount: volume,
    },
    { reason: restReason(group, rest), amount: rest },
  ].filter(({ amount }) => amount !== 0n);
}

/** Of covered usage, as much as was invoiced beyond what the ledger says is billed. */
function plannedPart(
  { covered, coveredTokens, invoicedTokens, tokens }: GapGroup,
  gap: Usd,
): { readonly amount: Usd; readonly tokens: bigint } {
  if (gap <= 0n) return { amount: ZERO_USD, tokens: 0n };
  if (invoicedTokens === null || coveredTokens === 0n) {
    return { amount: least(gap, covered), tokens: 0n };
  }
  const beyond = invoicedTokens - tokens;
  if (beyond <= 0n) return { amount: ZERO_USD, tokens: 0n };
  if (beyond >= coveredTokens) return { amount: least(gap, covered), tokens: coveredTokens };
  const worth = multiplyFraction(covered, beyond, coveredTokens);
  return { amount: least(gap, worth), tokens: beyond };
}

/** Without tokens on the invoice all of it is: more is not seen here, less is not invoiced. */
function volumePart(group: GapGroup, gap: Usd): Usd {
  const { invoiced, ours, invoicedTokens, tokens, unpricedCalls } = group;
  if (gap === 0n) return ZERO_USD;
  if (invoicedTokens === null || invoicedTokens === 0n) {
    return gap > 0n && unpricedCalls > 0 ? ZERO_USD : gap;
  }
  if (tokens === 0n) return gap;
  const missing = invoicedTokens - tokens;
  return missing > 0n
    ? multiplyFraction(invoiced, missing, invoicedTokens)
    : multiplyFraction(ours, missing, tokens);
}

function restReason({ unpricedCalls, tolerance }: GapGroup, rest: Usd): GapReason {
  if (abs(rest) <= tolerance) return "rounding";
  return unpricedCalls > 0 && rest > 0n ? "unpriced" : "price";
}

/** Sums by reason, those without any left out. */
export function sumReasons(parts: readonly GapPart[]): readonly GapPart[] {
  const sums = new Map<GapReason, Usd>();
  for (const { reason, amount } of parts) {
    sums.set(reason, addUsd(sums.get(reason) ?? ZERO_USD, amount));
  }
  return [...sums]
    .map(([reason, amount]) => ({ reason, amount }))
    .filter(({ amount }) => amount !== 0n);
}

function abs(amount: Usd): Usd {
  return amount < 0n ? subtractUsd(ZERO_USD, amount) : amount;
}

/** `Math.min` knows no bigint. */
function least(a: Usd, b: Usd): Usd {
  if (a < b) return a;
  return b;
}
