import { type Usd, ZERO_USD } from "#lib/money/money.ts";
import { type LinearRates, linearRates } from "#lib/pricing/linear-rates.ts";
import { listRateSetOf, type RateSet } from "#lib/pricing/rate-set.ts";
import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import type { RollupGroup } from "./priced-groups.ts";

export type RollupPrice = { readonly cost: Usd; readonly listCost: Usd };

/**
 * What the calls of a rollup row come to by another rate set, or null where
 * sums do not tell it to the last digit.
 *
 * They tell it where the row's own cost is its tokens times its own prices: it
 * then holds no call without a price, none that a plan pays, and no fees. A
 * price of zero could hide any of these, as funding does.
 */
export function rollupPrice(group: RollupGroup, now: RateSet): RollupPrice | null {
  if (group.rateSet.funding !== undefined) return null;
  if (group.unpricedCalls > 0 || !explains(group.rateSet, group.tokens, group.cost)) return null;
  if (!explains(listRateSetOf(group.rateSet), group.tokens, group.listCost)) return null;
  const cost = linearCost(linearRates(now), group.tokens);
  const listCost = linearCost(linearRates(listRateSetOf(now)), group.tokens);
  if (cost === null || listCost === null) return null;
  return { cost: now.funding === undefined ? cost : ZERO_USD, listCost };
}

function explains(rateSet: RateSet, tokens: Tokens, cost: Usd): boolean {
  if (rateSet.rates.some(({ amount, num }) => Number(amount) === 0 || num === 0)) return false;
  return linearCost(linearRates(rateSet), tokens) === cost;
}

function linearCost(linear: LinearRates | null, tokens: Tokens): Usd | null {
  if (linear === null) return null;
  let sum = 0n;
  for (const name of TOKEN_CLASSES) {
    const price = linear[name];
    if (price === null && tokens[name] !== 0) return null;
    sum += BigInt(tokens[name]) * (price ?? 0n);
  }
  return sum as Usd;
}
