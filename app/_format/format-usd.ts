import { type CurrencyAmount, toDecimal, type Usd } from "#lib/money/money.ts";
import { numberFormat, withMinus } from "./formatters.ts";

const ONE_CENT = 10n ** 16n;

/**
 * An amount for the eye, with two decimals. What is not zero never reads as
 * zero: below a cent it says so. The digits come from the exact decimal, so no
 * double stands between the ledger and the screen.
 */
export function formatUsd(amount: Usd, locale: string): string {
  const format = currencyFormat(locale, 2, 2);
  const magnitude = amount < 0n ? -amount : amount;
  if (magnitude === 0n || magnitude >= ONE_CENT) return withMinus(format.format(decimal(amount)));
  return amount < 0n ? `> ${withMinus(format.format("-0.01"))}` : `< ${format.format("0.01")}`;
}

/**
 * An amount of another currency, with as many decimals as that has, and two digits
 * that say something below a hundredth; its code, for many share a sign with the dollar.
 */
export function formatAmount(amount: CurrencyAmount, currency: string, locale: string): string {
  const isSmall = amount !== 0n && amount < ONE_CENT && amount > -ONE_CENT;
  const format = numberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "code",
    ...(isSmall && { maximumSignificantDigits: 2 }),
  });
  return withMinus(format.format(toDecimal(amount) as Intl.StringNumericLiteral));
}

/** A rate, or an amount per call: up to four decimals, and two digits that say something below a cent. */
export function formatUsdRate(amount: Usd, locale: string): string {
  if (amount <= 0n || amount >= ONE_CENT)
    return currencyFormat(locale, 2, 4).format(decimal(amount));
  return numberFormat(locale, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    maximumSignificantDigits: 2,
  }).format(decimal(amount));
}

/** All digits, for a tooltip, a receipt or a price per unit. */
export function formatUsdExact(amount: Usd, locale: string): string {
  return withMinus(currencyFormat(locale, 2, 18).format(decimal(amount)));
}

/** An axis label: "$1.2K". `dollars` is a tick of a chart, not an amount of the ledger. */
export function formatUsdTick(dollars: number, locale: string): string {
  const small = dollars !== 0 && Math.abs(dollars) < 1;
  const format = numberFormat(locale, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    notation: "compact",
    minimumFractionDigits: small ? 2 : 0,
    maximumFractionDigits: small ? 4 : 1,
    useGrouping: "always",
  });
  return withMinus(format.format(dollars));
}

/** The height of a bar. The only place where an amount becomes a double. */
export function toChartNumber(amount: Usd): number {
  return Number(toDecimal(amount));
}

function currencyFormat(locale: string, minimum: number, maximum: number): Intl.NumberFormat {
  return numberFormat(locale, {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: minimum,
    maximumFractionDigits: maximum,
  });
}

/** Intl reads a decimal string digit by digit; its type wants to know that it is one. */
function decimal(amount: Usd): Intl.StringNumericLiteral {
  return toDecimal(amount) as Intl.StringNumericLiteral;
}
