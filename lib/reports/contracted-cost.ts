import { multiplyFraction, parseUsd, type Usd } from "#lib/money/money.ts";
import { listRateSetOf, type RateSet, type ResolvedRate } from "#lib/pricing/rate-set.ts";
import type { Tokens } from "#lib/usage/tokens.ts";

/**
 * What usage that was paid for beforehand comes to at agreed rates, from its
 * sums: as `basisSql` reads it from the rollups, for what is in none yet.
 */
export function contractedCost(rateSet: RateSet, tokens: Tokens, listCost: Usd): Usd {
  if (rateSet.listRates === undefined) return listCost;
  const signed = [
    ...rateSet.rates.map((rate) => ({ sign: 1n, rate })),
    ...listRateSetOf(rateSet).rates.map((rate) => ({ sign: -1n, rate })),
  ];
  const hasReasoning = rateSet.rates.some(({ unit }) => unit === "reasoning");
  let [num, den] = [0n, 1n];
  for (const { sign, rate } of signed) {
    const below = BigInt(rate.per) * BigInt(rate.den);
    const amount = parseUsd(rate.amount) * BigInt(rate.num);
    num = num * below + sign * tokensOf(rate, tokens, hasReasoning) * amount * den;
    den *= below;
  }
  return (listCost + multiplyFraction(1n as Usd, num, den)) as Usd;
}

/** Reasoning is part of the output unless it has a price of its own. */
function tokensOf({ unit }: ResolvedRate, tokens: Tokens, hasReasoning: boolean): bigint {
  if (unit === "output") return BigInt(tokens.output - (hasReasoning ? tokens.reasoning : 0));
  return unit in tokens ? BigInt(tokens[unit as keyof Tokens]) : 0n;
}
