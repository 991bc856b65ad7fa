import { type Usd, ZERO_USD } from "#lib/money/money.ts";
import { isOfTokens, type LinearRates, linearRates } from "#lib/pricing/linear-rates.ts";
import { listRateSetOf, type RateSet, type ResolvedRate } from "#lib/pricing/rate-set.ts";
import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import type { RollupGroup } from "./priced-groups.ts";

export type RollupPrice = { readonly cost: Usd; readonly listCost: Usd };

/**
 * What the calls of a rollup row come to by another rate set, or null where
 * sums do not tell it to the last digit.
 *
 * They tell it where the row's own cost is its tokens times its own prices: it
 * then holds no call without a price, none that a plan pays, and no fees. A
 * class of tokens that is priced at zero could hide any of these, as funding
 * does; a fee of zero hides only how often it was charged, so it must be zero
 * still.
 */
export function rollupPrice(group: RollupGroup, now: RateSet): RollupPrice | null {
  const { rateSet, tokens } = group;
  if (rateSet.funding !== undefined || group.unpricedCalls > 0) return null;
  const [list, nowList] = [listRateSetOf(rateSet), listRateSetOf(now)];
  if (!explains(rateSet, tokens, group.cost) || !explains(list, tokens, group.listCost))
    return null;
  if (!hasFreeFeesOf(rateSet, now) || !hasFreeFeesOf(list, nowList)) return null;
  const cost = linearCost(linearRates(now), tokens);
  const listCost = linearCost(linearRates(nowList), tokens);
  if (cost === null || listCost === null) return null;
  return { cost: now.funding === undefined ? cost : ZERO_USD, listCost };
}

function explains(rateSet: RateSet, tokens: Tokens, cost: Usd): boolean {
  if (rateSet.rates.some((rate) => isZero(rate) && isOfTokens(rate))) return false;
  return linearCost(linearRates(rateSet), tokens) === cost;
}

/** Free and for nothing are two statuses of a call. */
function hasFreeFeesOf(before: RateSet, now: RateSet): boolean {
  const nameOf = ({ unit, kind }: ResolvedRate) => `${kind} ${unit}`;
  const free = new Set(now.rates.filter(isZero).map(nameOf));
  return before.rates.every((rate) => !isZero(rate) || isOfTokens(rate) || free.has(nameOf(rate)));
}

function isZero({ amount, num }: ResolvedRate): boolean {
  return Number(amount) === 0 || num === 0;
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
