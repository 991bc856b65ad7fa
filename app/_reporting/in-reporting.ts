import { type PageQuery, usageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { convertDays } from "#lib/currency/convert-days.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import type { CurrencyAmount, Usd } from "#lib/money/money.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { localDay } from "#lib/time/calendar.ts";
import { reportingRates } from "./reporting-rates.ts";

/** What a page's figures come to in the reporting currency, each day by its own rate. */
export type InReporting = {
  readonly currency: string;
  /** Null where a day has no rate. */
  readonly amount: CurrencyAmount | null;
  /** Of the last of the days, or of today. */
  readonly rate: UsedRate | null;
};

type Period = { readonly from: Date; readonly to: Date; readonly timeZone: string };
type Day = { readonly start: Date; readonly usd: Usd };

/** Usage as `/usage` tells it; null while the reporting currency is the ledger's. */
export async function usageInReporting(
  scope: ReadScope,
  query: PageQuery,
  now: Date,
): Promise<InReporting | null> {
  return inReporting(query.period, now, async () => {
    const { rows } = await usageReport(context().sql, scope, usageQuery(query, [], "day"));
    return rows.map(({ bucketStart, measures }) => ({ start: bucketStart, usd: measures.cost }));
  });
}

/** What teams cost, charges and shares with their usage; null while the reporting currency is the ledger's. */
export async function teamCostsInReporting(
  scope: ReadScope,
  { period, basis, teams }: { period: Period; basis: CostBasis; teams?: readonly string[] },
  now: Date,
): Promise<InReporting | null> {
  return inReporting(period, now, async () => {
    const asked = { from: period.from, to: period.to, bucket: "day", ...(teams && { teams }) };
    const { lines } = await teamCosts(context().sql, scope, { ...asked, bucket: "day" });
    return lines.map(({ bucketStart, costs }) => ({ start: bucketStart, usd: costs[basis] }));
  });
}

async function inReporting(
  period: Period,
  now: Date,
  readDays: () => Promise<readonly Day[]>,
): Promise<InReporting | null> {
  const reporting = await reportingRates(period, now);
  if (reporting === null) return null;
  const { currency, rates, lastDay } = reporting;
  const amounts = (await readDays()).map(({ start, usd }) => ({
    ...{ day: localDay(start.getTime(), period.timeZone), usd },
  }));
  return {
    currency,
    amount: convertDays(amounts, currency, rates, lastDay),
    rate: rates.on(currency, lastDay),
  };
}
