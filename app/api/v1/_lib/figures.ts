import { z } from "zod";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import type { ConvertedMeasures } from "#lib/reports/usage-in-currency.ts";
import type { Measures } from "#lib/reports/usage-query.ts";

export const Amount = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ description: "Exact decimal in `currency`" });
export const Instant = z.iso.datetime().meta({ description: "ISO 8601, UTC" });
const Count = z.int().min(0);

export const TokensBody = z
  .strictObject({
    input_uncached: Count,
    cache_read: Count,
    cache_write_5m: Count,
    cache_write_1h: Count,
    output: Count,
    reasoning: Count,
  })
  .meta({ description: "Disjoint, except that `output` includes `reasoning`" });

export const FIGURES = {
  model_calls: Count,
  tool_calls: Count,
  errors: Count,
  tokens: TokensBody,
  cost: Amount.meta({
    description: "In the cost basis asked for; a lower bound while `unpriced_calls` is not 0",
  }),
  list_cost: Amount,
  unpriced_calls: Count,
  unpriced_tokens: Count,
} as const;

export function figures(measures: Measures | ConvertedMeasures) {
  return {
    model_calls: measures.modelCalls,
    tool_calls: measures.toolCalls,
    errors: measures.errors,
    tokens: measures.tokens,
    cost: toDecimal(measures.cost),
    list_cost: toDecimal(measures.listCost),
    unpriced_calls: measures.unpricedCalls,
    unpriced_tokens: measures.unpricedTokens,
  };
}

export function decimalOrNull(amount: Usd | null): string | null {
  return amount === null ? null : toDecimal(amount);
}
