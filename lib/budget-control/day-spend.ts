import { type Amount, amountOfTokens, parseAmount, TOKENS } from "#lib/budgets/amount.ts";
import type { Budget, DaySpend } from "#lib/budgets/budget.ts";
import { convert } from "#lib/currency/convert.ts";
import { type ExchangeRates, LEDGER_CURRENCY } from "#lib/currency/exchange-rates.ts";
import { parseUsd } from "#lib/money/money.ts";
import { localDate } from "#lib/time/calendar.ts";
import type { RawDay } from "./read-spend.ts";

/**
 * Days in the budget's unit. Each day is converted by the rate of its own day;
 * days before the first known rate are left out, for nothing is guessed.
 */
export function daysInUnit(
  { unit, costBasis }: Budget,
  days: readonly RawDay[],
  rates: ExchangeRates | null,
  timeZone: string,
): DaySpend[] {
  return days.flatMap((raw) => {
    const usd = costBasis === "list" ? raw.listCost : raw.cost;
    const { day } = raw;
    if (unit === TOKENS) return [{ day, spent: amountOfTokens(raw.tokens), unpricedCalls: 0 }];
    const { unpricedCalls } = raw;
    if (unit === LEDGER_CURRENCY) return [{ day, spent: parseAmount(usd), unpricedCalls }];
    const date = dateOf(day, timeZone);
    const converted = rates === null ? null : convert(parseUsd(usd), unit, date, rates);
    if (converted === null) return [];
    return [{ day, spent: converted.amount as bigint as Amount, unpricedCalls }];
  });
}

/** The zone's date of an instant, YYYY-MM-DD. */
export function dateOf(ms: number, timeZone: string): string {
  const { year, month, day } = localDate(ms, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
