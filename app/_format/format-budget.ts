import { type Amount, printAmount, TOKENS } from "#lib/budgets/amount.ts";
import { CURRENCY, type CurrencyAmount, type Usd } from "#lib/money/money.ts";
import { formatAmount, formatUsd, formatUsdTick } from "./format-usd.ts";
import { numberFormat } from "./formatters.ts";

/** An amount in a budget's unit, for the eye. */
export function formatBudgetAmount(amount: Amount, unit: string, locale: string): string {
  if (unit === CURRENCY) return formatUsd(amount as bigint as Usd, locale);
  if (unit !== TOKENS) return formatAmount(amount as bigint as CurrencyAmount, unit, locale);
  const format = numberFormat(locale, {
    notation: "compact",
    maximumFractionDigits: 2,
    useGrouping: "always",
  });
  return format.format(printAmount(amount) as Intl.StringNumericLiteral);
}

/** A tick of a chart's axis in a budget's unit. */
export function formatBudgetTick(value: number, unit: string, locale: string): string {
  if (unit === CURRENCY) return formatUsdTick(value, locale);
  const money =
    unit === TOKENS ? {} : { style: "currency", currency: unit, currencyDisplay: "narrowSymbol" };
  return numberFormat(locale, {
    ...money,
    notation: "compact",
    maximumFractionDigits: 1,
    useGrouping: "always",
  } as Intl.NumberFormatOptions).format(value);
}

/** A share of a limit in percent, for widths; a limit of 0 is full with the first cent. */
export function percentOf(amount: Amount, limit: Amount): number {
  if (limit <= 0n) return amount > 0n ? 100 : 0;
  return Number((amount * 10_000n) / limit) / 100;
}
