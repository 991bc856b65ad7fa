import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { instantsOf, monthNamed } from "#lib/close/month.ts";
import {
  type CurrencyCode,
  type ExchangeRates,
  LEDGER_CURRENCY,
  type UsedRate,
} from "#lib/currency/exchange-rates.ts";
import { readExchangeRates } from "#lib/currency/rate-store.ts";
import { readReportingCurrency } from "#lib/currency/reporting-currency.ts";
import { localDay } from "#lib/time/calendar.ts";

/** The reporting currency and its rates in a period. */
export type ReportingRates = {
  readonly currency: CurrencyCode;
  readonly rates: ExchangeRates;
  /** The last day of the period, or today: later days have its rate. */
  readonly lastDay: string;
  /** The rate of a moment's day; null where it has none. */
  readonly at: (moment: Date) => UsedRate | null;
};

/** The reporting currency by the rate of one day. */
export type ReportingToday = {
  readonly currency: CurrencyCode;
  /** Null where today has none. */
  readonly rate: UsedRate | null;
};

/** The rate of today, for what is not of one period; null while the reporting currency is the ledger's. */
export async function reportingToday(now: Date): Promise<ReportingToday | null> {
  const { timeZone } = await currentOrganization();
  const to = new Date(now.getTime() + 1);
  const reporting = await reportingRates({ from: now, to, timeZone }, now);
  return reporting && { currency: reporting.currency, rate: reporting.at(now) };
}

/** Null while the reporting currency is the ledger's. */
export async function reportingRates(
  { from, to, timeZone }: { readonly from: Date; readonly to: Date; readonly timeZone: string },
  now: Date,
): Promise<ReportingRates | null> {
  const { sql } = context();
  const currency = await readReportingCurrency(sql);
  if (currency === LEDGER_CURRENCY) return null;
  const dayOf = (ms: number) => localDay(ms, timeZone);
  const last = Math.min(to.getTime() - 1, now.getTime());
  const lastDay = dayOf(last);
  const rates = await readExchangeRates(sql, currency, {
    from: dayOf(from.getTime()),
    to: lastDay,
  });
  return {
    ...{ currency, rates, lastDay },
    at: (moment) => rates.on(currency, dayOf(Math.min(moment.getTime(), last))),
  };
}

/** A month is converted by the rate of its last day. @param month YYYY-MM. */
export function rateOfMonth(
  month: string,
  timeZone: string,
  reporting: ReportingRates | null,
): UsedRate | null {
  const { to } = instantsOf(monthNamed(month), timeZone);
  return reporting?.at(new Date(to.getTime() - 1)) ?? null;
}
