import { perUsdText } from "#lib/currency/rate-text.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { type CsvCell, type CsvFlavor, csvHeader, csvRow } from "./csv.ts";
import type { ConvertedRow } from "./usage-in-currency.ts";
import type { UsageQuery, UsageRow } from "./usage-query.ts";

const FIGURE_COLUMNS = [
  "model_calls",
  "tool_calls",
  "errors",
  "input_uncached_tokens",
  "cache_read_tokens",
  "cache_write_5m_tokens",
  "cache_write_1h_tokens",
  "output_tokens",
  "reasoning_tokens",
  "list_cost",
  "cost",
  "currency",
  "unpriced_calls",
  "unpriced_tokens",
] as const;

/** Behind the columns that every file has: what an amount in another currency was converted by. */
const RATE_COLUMNS = ["exchange_rate_per_usd", "exchange_rate_date"] as const;

export function usageCsvHeader(query: UsageQuery, flavor: CsvFlavor): string {
  return csvHeader(columnsOf(query), flavor);
}

export function usageCsvRow(row: UsageRow, query: UsageQuery, flavor: CsvFlavor): string {
  return csvRow(cellsOf(row, query, CURRENCY), flavor);
}

/** The header of a file in another currency. */
export function convertedCsvHeader(query: UsageQuery, flavor: CsvFlavor): string {
  return csvHeader([...columnsOf(query), ...RATE_COLUMNS], flavor);
}

export function convertedCsvRow(row: ConvertedRow, query: UsageQuery, flavor: CsvFlavor): string {
  const { currency, date } = row.rate;
  const rate = [{ number: perUsdText(row.rate) }, { text: date }];
  return csvRow([...cellsOf(row, query, currency), ...rate], flavor);
}

function columnsOf({ groupBy }: UsageQuery): string[] {
  return ["bucket_start", "bucket_end", ...groupBy, ...FIGURE_COLUMNS];
}

function cellsOf(
  row: UsageRow | ConvertedRow,
  { groupBy }: UsageQuery,
  currency: string,
): CsvCell[] {
  const { modelCalls, toolCalls, errors, tokens, ...rest } = row.measures;
  return [
    { time: row.bucketStart },
    { time: row.bucketEnd },
    ...groupBy.map((dimension) => ({ text: row.group[dimension] ?? null })),
    { number: modelCalls },
    { number: toolCalls },
    { number: errors },
    { number: tokens.input_uncached },
    { number: tokens.cache_read },
    { number: tokens.cache_write_5m },
    { number: tokens.cache_write_1h },
    { number: tokens.output },
    { number: tokens.reasoning },
    { number: toDecimal(rest.listCost) },
    { number: toDecimal(rest.cost) },
    { text: currency },
    { number: rest.unpricedCalls },
    { number: rest.unpricedTokens },
  ];
}
