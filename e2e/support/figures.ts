import { addDecimals } from "./decimal.ts";
import type { Figures } from "./schemas.ts";

/** Every figure summed over rows; amounts as whole numbers of 1e-18. */
export function sums(rows: readonly Figures[]): Readonly<Record<string, number | bigint>> {
  const add = (figure: (row: Figures) => number) => rows.reduce((sum, row) => sum + figure(row), 0);
  return {
    model_calls: add((row) => row.model_calls),
    tool_calls: add((row) => row.tool_calls),
    errors: add((row) => row.errors),
    input_uncached: add((row) => row.tokens.input_uncached),
    cache_read: add((row) => row.tokens.cache_read),
    cache_write_5m: add((row) => row.tokens.cache_write_5m),
    cache_write_1h: add((row) => row.tokens.cache_write_1h),
    output: add((row) => row.tokens.output),
    reasoning: add((row) => row.tokens.reasoning),
    unpriced_calls: add((row) => row.unpriced_calls),
    unpriced_tokens: add((row) => row.unpriced_tokens),
    cost: addDecimals(rows.map(({ cost }) => cost)),
    list_cost: addDecimals(rows.map(({ list_cost }) => list_cost)),
  };
}
