import type { ReadScope } from "#lib/access/read-scope.ts";
import { convertBy } from "#lib/currency/convert.ts";
import type { CurrencyCode, ExchangeRates, UsedRate } from "#lib/currency/exchange-rates.ts";
import { readExchangeRates } from "#lib/currency/rate-store.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { CurrencyAmount } from "#lib/money/money.ts";
import { because } from "#lib/refusals/reason.ts";
import type { RowSink } from "#lib/tables/row-sink.ts";
import { localDay } from "#lib/time/calendar.ts";
import { readOnly } from "./read-only.ts";
import type { Measures, UsageQuery, UsageRow } from "./usage-query.ts";
import { type Page, streamUsageIn, type UsageSummary } from "./usage-report.ts";

/** Figures whose amounts are in another currency than the ledger's. */
export type ConvertedMeasures = Omit<Measures, "cost" | "listCost"> & {
  readonly cost: CurrencyAmount;
  readonly listCost: CurrencyAmount;
};

/** A row with the rate that all its amounts were converted by. */
export type ConvertedRow = Omit<UsageRow, "measures"> & {
  readonly measures: ConvertedMeasures;
  readonly rate: UsedRate;
};

/** `total` is the sum of all rows as they are shown, so that a column adds up to the last digit. */
export type ConvertedSummary = Omit<UsageSummary, "total"> & { readonly total: ConvertedMeasures };

/** In which currency, and the moment that is today: a bucket that is not over has the rate of today. */
export type CurrencyChoice = { readonly currency: CurrencyCode; readonly now: Date };

/**
 * The same report as `usageReport` in another currency. Each row is converted
 * by the rate of its bucket's last day (of today while the bucket goes on), so
 * that with bucket "day" each day has its own; a total is the sum of its rows.
 *
 * @throws {AppError} "invalid" when there is no rate for the day of a row.
 */
export async function usageInCurrency(
  sql: SqlClient,
  scope: ReadScope,
  query: UsageQuery,
  choice: CurrencyChoice,
  page: Page = { limit: Infinity, offset: 0 },
): Promise<ConvertedSummary & { readonly rows: readonly ConvertedRow[] }> {
  const rates = await ratesFor(sql, query, choice);
  const rows: ConvertedRow[] = [];
  let seen = 0;
  const summary = await readOnly(sql, (tx) =>
    sumConverted(tx, scope, query, rates, choice, (row) => {
      if (seen >= page.offset && rows.length < page.limit) rows.push(row);
      seen += 1;
    }),
  );
  return { ...summary, rows };
}

/** The same row by row. Read twice in one snapshot: the total comes before the first row. */
export async function streamUsageInCurrency(
  sql: SqlClient,
  scope: ReadScope,
  query: UsageQuery,
  choice: CurrencyChoice,
  sink: RowSink<ConvertedSummary, ConvertedRow>,
): Promise<void> {
  const rates = await ratesFor(sql, query, choice);
  await readOnly(sql, async (tx) => {
    const write = await sink(await sumConverted(tx, scope, query, rates, choice, () => {}));
    await streamUsageIn(
      tx,
      scope,
      query,
      async () => (rows) => write(rows.map((row) => converted(row, query, rates, choice))),
    );
  });
}

async function sumConverted(
  tx: SqlClient,
  scope: ReadScope,
  query: UsageQuery,
  rates: ExchangeRates,
  choice: CurrencyChoice,
  take: (row: ConvertedRow) => void,
): Promise<ConvertedSummary> {
  let summary: UsageSummary | undefined;
  let [cost, listCost] = [0n, 0n];
  await streamUsageIn(tx, scope, query, async (found) => {
    summary = found;
    return async (rows) => {
      for (const row of rows) {
        const shown = converted(row, query, rates, choice);
        cost += shown.measures.cost;
        listCost += shown.measures.listCost;
        take(shown);
      }
    };
  });
  if (summary === undefined) throw new Error("a report without its total");
  const sums = { cost: cost as CurrencyAmount, listCost: listCost as CurrencyAmount };
  return { ...summary, total: { ...summary.total, ...sums } };
}

function converted(
  row: UsageRow,
  query: UsageQuery,
  rates: ExchangeRates,
  choice: CurrencyChoice,
): ConvertedRow {
  const day = dayOfRate(row, query, choice.now);
  const rate = rates.on(choice.currency, day);
  if (rate === null) {
    throw new AppError(because("no_rate_by", { currency: choice.currency, day }), {
      code: "invalid",
    });
  }
  const { measures } = row;
  const money = {
    cost: convertBy(measures.cost, rate),
    listCost: convertBy(measures.listCost, rate),
  };
  return { ...row, measures: { ...measures, ...money }, rate };
}

/** The last day of the bucket as far as the period goes, or today where that is earlier. */
function dayOfRate({ bucketStart, bucketEnd }: UsageRow, query: UsageQuery, now: Date): string {
  const end = Math.min(bucketEnd.getTime(), query.to.getTime()) - 1;
  const last = Math.max(Math.min(end, now.getTime()), bucketStart.getTime());
  return localDay(last, query.timeZone);
}

function ratesFor(sql: SqlClient, query: UsageQuery, { currency }: CurrencyChoice) {
  const from = localDay(query.from.getTime(), query.timeZone);
  const to = localDay(query.to.getTime(), query.timeZone);
  return readExchangeRates(sql, currency, { from: monthBefore(from), to });
}

/** A bucket may begin before the period. */
function monthBefore(day: string): string {
  return new Date(Date.parse(day) - 32 * 86_400_000).toISOString().slice(0, 10);
}
