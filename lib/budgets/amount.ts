import { floatOf, usdOf } from "#lib/money/float-usd.ts";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";

declare const amount: unique symbol;

/** An exact count of 10⁻¹⁸ of a budget's unit: a currency, or tokens. */
export type Amount = bigint & { readonly [amount]: true };

export const NOTHING = 0n as Amount;

/** What budgets of tokens have in place of a currency. */
export const TOKENS = "tokens";

const ONE = 10n ** 18n;

/** @throws {RangeError} unless it is a plain decimal of at most 18 decimals. */
export function parseAmount(text: string): Amount {
  return parseUsd(text) as bigint as Amount;
}

export function printAmount(value: Amount): string {
  return toDecimal(value as bigint as Usd);
}

export function amountOfTokens(tokens: bigint): Amount {
  return (tokens * ONE) as Amount;
}

export function sumAmounts(amounts: Iterable<Amount>): Amount {
  let sum = 0n;
  for (const each of amounts) sum += each;
  return sum as Amount;
}

/** As statistics take it; never on the way to an amount that is added up. */
export function floatOfAmount(value: Amount): number {
  return floatOf(value as bigint as Usd);
}

/**
 * A forecast as an amount, to the millionth of the unit; of tokens to the token.
 *
 * @throws {RangeError} when it is not a finite number.
 */
export function amountOfFloat(value: number, unit: string): Amount {
  const told = unit === TOKENS ? Math.round(value) : value;
  return usdOf(told) as bigint as Amount;
}
