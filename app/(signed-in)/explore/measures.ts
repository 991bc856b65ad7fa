import type { AmountColumns } from "#lib/reports/usage-amounts.ts";
import type { Measures } from "#lib/reports/usage-query.ts";
import { totalTokens } from "#lib/usage/tokens.ts";

/** What can be asked for; all of them add up. */
export const MEASURES = [
  "spend",
  "list_cost",
  "model_calls",
  "tool_calls",
  "errors",
  "unpriced_calls",
  "tokens",
  "input_uncached",
  "cache_read",
  "cache_write",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
] as const;
export type Measure = (typeof MEASURES)[number];

export function isMoney(measure: Measure): boolean {
  return measure === "spend" || measure === "list_cost";
}

/** The sums that a measure is, as `measureOf` has it. */
export function columnsOf(measure: Measure): AmountColumns {
  switch (measure) {
    case "spend":
      return ["cost"];
    case "list_cost":
      return ["list_cost"];
    case "tokens":
      return ["input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "output"];
    case "cache_write":
      return ["cache_write_5m", "cache_write_1h"];
    default:
      return [measure];
  }
}

/** Money in 1e-18 USD, else a count. */
export function measureOf(measure: Measure, measures: Measures): bigint {
  const { tokens } = measures;
  switch (measure) {
    case "spend":
      return measures.cost;
    case "list_cost":
      return measures.listCost;
    case "model_calls":
      return BigInt(measures.modelCalls);
    case "tool_calls":
      return BigInt(measures.toolCalls);
    case "errors":
      return BigInt(measures.errors);
    case "unpriced_calls":
      return BigInt(measures.unpricedCalls);
    case "tokens":
      return BigInt(totalTokens(tokens));
    case "cache_write":
      return BigInt(tokens.cache_write_5m + tokens.cache_write_1h);
    default:
      return BigInt(tokens[measure]);
  }
}
