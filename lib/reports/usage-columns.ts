import { perUsdText } from "#lib/currency/rate-text.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { type Column, decimal, text, time } from "#lib/tables/column.ts";
import { measureColumns } from "./measure-columns.ts";
import type { ConvertedRow } from "./usage-in-currency.ts";
import type { UsageQuery, UsageRow } from "./usage-query.ts";

type Asked = Pick<UsageQuery, "groupBy">;

/** The columns of a file of usage: bucket, groups, figures. */
export function usageColumns(query: Asked): readonly Column<UsageRow>[] {
  return columnsIn(query, () => CURRENCY);
}

/** The same in another currency, and behind them what the amounts were converted by. */
export function convertedColumns(query: Asked): readonly Column<ConvertedRow>[] {
  return [
    ...columnsIn<ConvertedRow>(query, ({ rate }) => rate.currency),
    decimal("exchange_rate_per_usd", ({ rate }) => perUsdText(rate)),
    text("exchange_rate_date", ({ rate }) => rate.date),
  ];
}

function columnsIn<Row extends UsageRow | ConvertedRow>(
  { groupBy }: Asked,
  currencyOf: (row: Row) => string,
): Column<Row>[] {
  return [
    time("bucket_start", ({ bucketStart }) => bucketStart),
    time("bucket_end", ({ bucketEnd }) => bucketEnd),
    ...groupBy.map((dimension) => text<Row>(dimension, ({ group }) => group[dimension])),
    ...measureColumns(currencyOf),
  ];
}
