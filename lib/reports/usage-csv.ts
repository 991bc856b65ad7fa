import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { type CsvFlavor, csvHeader, csvRow } from "./csv.ts";
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

export function usageCsvHeader({ groupBy }: UsageQuery, flavor: CsvFlavor): string {
  return csvHeader(["bucket_start", "bucket_end", ...groupBy, ...FIGURE_COLUMNS], flavor);
}

export function usageCsvRow(row: UsageRow, { groupBy }: UsageQuery, flavor: CsvFlavor): string {
  const { modelCalls, toolCalls, errors, tokens, ...rest } = row.measures;
  return csvRow(
    [
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
      { text: CURRENCY },
      { number: rest.unpricedCalls },
      { number: rest.unpricedTokens },
    ],
    flavor,
  );
}
