import type { CurrencyAmount, Usd } from "#lib/money/money.ts";
import { convert } from "./convert.ts";
import type { CurrencyCode, ExchangeRates } from "./exchange-rates.ts";

/** What came to so much on a day (YYYY-MM-DD). */
export type DayAmount = { readonly day: string; readonly usd: Usd };

/**
 * Amounts of several days in another currency, each by its own day's rate, and
 * added up.
 *
 * @param today Days to come have today's rate.
 * @returns null when a day on which there is an amount has no rate.
 */
export function convertDays(
  days: readonly DayAmount[],
  currency: CurrencyCode,
  rates: ExchangeRates,
  today: string,
): CurrencyAmount | null {
  let sum = 0n;
  for (const { day, usd } of days) {
    if (usd === 0n) continue;
    const converted = convert(usd, currency, day < today ? day : today, rates);
    if (converted === null) return null;
    sum += converted.amount;
  }
  return sum as CurrencyAmount;
}
