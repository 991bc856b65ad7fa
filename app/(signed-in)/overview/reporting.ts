import { readPeriod } from "#app/_period/period.ts";
import { type PageQuery, usageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { LEDGER_CURRENCY, type UsedRate } from "#lib/currency/exchange-rates.ts";
import { readExchangeRates } from "#lib/currency/rate-store.ts";
import { readReportingCurrency } from "#lib/currency/reporting-currency.ts";
import { AppError } from "#lib/errors.ts";
import type { CurrencyAmount } from "#lib/money/money.ts";
import { usageInCurrency } from "#lib/reports/usage-in-currency.ts";
import { localDay } from "#lib/time/calendar.ts";

/** The headline's amounts in the reporting currency; amounts are null where a day has no rate. */
export type Reporting = {
  readonly currency: string;
  readonly today: CurrencyAmount | null;
  readonly month: CurrencyAmount | null;
  /** The rate of today. */
  readonly rate: UsedRate | null;
};

/** Each day by its own rate; null while the reporting currency is the ledger's. */
export async function readReporting(
  scope: ReadScope,
  query: PageQuery,
  now: Date,
): Promise<Reporting | null> {
  const { sql } = context();
  const currency = await readReportingCurrency(sql);
  if (currency === LEDGER_CURRENCY) return null;
  const { timeZone } = query.period;
  const sum = async (name: "today" | "mtd") => {
    const period = readPeriod({ period: name }, now, timeZone);
    const days = usageQuery({ ...query, period }, [], "day");
    try {
      const { total } = await usageInCurrency(sql, scope, days, { currency, now });
      return total.cost;
    } catch (error) {
      if (error instanceof AppError && error.code === "invalid") return null;
      throw error;
    }
  };
  const day = localDay(now.getTime(), timeZone);
  const [today, month, rates] = await Promise.all([
    sum("today"),
    sum("mtd"),
    readExchangeRates(sql, currency, { from: day, to: day }),
  ]);
  return { currency, today, month, rate: rates.on(currency, day) };
}
