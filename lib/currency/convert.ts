import { type CurrencyAmount, multiplyFraction, type Usd } from "#lib/money/money.ts";
import type { CurrencyCode, ExchangeRates, UsedRate } from "./exchange-rates.ts";

/** An amount in another currency, and what it was converted by. */
export type Converted = { readonly amount: CurrencyAmount; readonly rate: UsedRate };

/**
 * Dollars in another currency by the latest rate on or before a day, rounded
 * half to even once, at 18 decimals.
 *
 * @param date YYYY-MM-DD.
 * @returns null when no rate is known for the day: nothing is guessed.
 */
export function convert(
  usd: Usd,
  currency: CurrencyCode,
  date: string,
  rates: ExchangeRates,
): Converted | null {
  const rate = rates.on(currency, date);
  return rate === null ? null : { amount: convertBy(usd, rate), rate };
}

/** Dollars by a rate that was looked up already. */
export function convertBy(usd: Usd, { perUsd }: UsedRate): CurrencyAmount {
  return multiplyFraction(usd, perUsd.num, perUsd.den) as bigint as CurrencyAmount;
}

/**
 * The other way: an amount of another currency, such as a budget's limit, in
 * dollars of the day, rounded as `convert` does.
 *
 * @returns null when no rate is known for the day.
 */
export function convertToUsd(
  amount: CurrencyAmount,
  currency: CurrencyCode,
  date: string,
  rates: ExchangeRates,
): { readonly usd: Usd; readonly rate: UsedRate } | null {
  const rate = rates.on(currency, date);
  if (rate === null) return null;
  const { num, den } = rate.perUsd;
  return { usd: multiplyFraction(amount as bigint as Usd, den, num), rate };
}
