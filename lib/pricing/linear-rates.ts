import { parseUsd, type Usd } from "#lib/money/money.ts";
import { TOKEN_CLASSES, type TokenClass } from "#lib/usage/tokens.ts";
import type { RateSet } from "./rate-set.ts";

/**
 * What one token more of a class costs, in 1e-18 USD, for adding up calls
 * instead of pricing each: the cost of a sum is then the sum of the costs, to
 * the last digit. Null for a class that has no price, or none that is a whole
 * number of 1e-18 USD: calls that use it are priced one by one.
 *
 * `reasoning` is the difference to output, of which it is a part already.
 */
export type LinearRates = { readonly [Class in TokenClass]: Usd | null };

/** @returns null where tokens are free: what a call's status is, its tokens then decide. */
export function linearRates({ rates }: RateSet): LinearRates | null {
  if (rates.some((rate) => rate.kind === "free" && isOfTokens(rate))) return null;
  const byUnit = new Map(rates.map((rate) => [rate.unit as string, each(rate)]));
  const of = (unit: TokenClass) => byUnit.get(unit) ?? null;
  const linear = Object.fromEntries(TOKEN_CLASSES.map((unit) => [unit, of(unit)]));
  return { ...linear, reasoning: reasoningBeyondOutput(byUnit) } as LinearRates;
}

/** Whether a rate is for tokens, and not a fee. */
export function isOfTokens({ unit }: Pick<RateSet["rates"][number], "unit">): boolean {
  return (TOKEN_CLASSES as readonly string[]).includes(unit);
}

function each(rate: RateSet["rates"][number]): Usd | null {
  const product = parseUsd(rate.amount) * BigInt(rate.num);
  const divisor = BigInt(rate.per) * BigInt(rate.den);
  return product % divisor === 0n ? ((product / divisor) as Usd) : null;
}

function reasoningBeyondOutput(byUnit: ReadonlyMap<string, Usd | null>): Usd | null {
  const own = byUnit.get("reasoning");
  if (own === undefined) return 0n as Usd;
  const output = byUnit.get("output") ?? null;
  return own === null || output === null ? null : ((own - output) as Usd);
}
