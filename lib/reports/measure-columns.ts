import { amount, type Column, count, text } from "#lib/tables/column.ts";
import type { ConvertedRow } from "./usage-in-currency.ts";
import type { Measures } from "./usage-query.ts";

/** What every file of usage says of its rows. */
export function measureColumns<
  Row extends { readonly measures: Measures | ConvertedRow["measures"] },
>(currencyOf: (row: Row) => string): Column<Row>[] {
  return [
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
