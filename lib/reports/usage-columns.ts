import { perUsdText } from "#lib/currency/rate-text.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, count, decimal, text, time } from "#lib/tables/column.ts";
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
    count("model_calls", ({ measures }) => measures.modelCalls),
    count("tool_calls", ({ measures }) => measures.toolCalls),
    count("errors", ({ measures }) => measures.errors),
    count("input_uncached_tokens", ({ measures }) => measures.tokens.input_uncached),
    count("cache_read_tokens", ({ measures }) => measures.tokens.cache_read),
    count("cache_write_5m_tokens", ({ measures }) => measures.tokens.cache_write_5m),
    count("cache_write_1h_tokens", ({ measures }) => measures.tokens.cache_write_1h),
    count("output_tokens", ({ measures }) => measures.tokens.output),
    count("reasoning_tokens", ({ measures }) => measures.tokens.reasoning),
    amount("list_cost", ({ measures }) => measures.listCost),
    amount("cost", ({ measures }) => measures.cost),
    text("currency", currencyOf),
    count("unpriced_calls", ({ measures }) => measures.unpricedCalls),
    count("unpriced_tokens", ({ measures }) => measures.unpricedTokens),
  ];
}
