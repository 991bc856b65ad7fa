import type { Filing } from "#lib/ledger/ledger-row.ts";
import { NO_TOKENS, totalTokens } from "#lib/usage/tokens.ts";

/** The measures that every rollup adds up, in the order of their columns. */
export const COUNTERS = [
  "model_calls",
  "tool_calls",
  "errors",
  "retries",
  "unpriced_calls",
  "unpriced_tokens",
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
] as const;
export type Counter = (typeof COUNTERS)[number];

/** What one counted row adds to each rollup that it falls in. Money in 1e-18 USD. */
export type Contribution = { readonly [C in Counter]: number } & {
  readonly cost: bigint;
  readonly list_cost: bigint;
};

/**
 * What a row adds; null for a row that does not count or that is no usage in
 * itself (an agent run). A call without a price adds to `unpriced_calls` and
 * never a zero: also a row that stands for no single request adds one there,
 * so that a lower bound is never shown as a sum.
 */
export function contributionOf(filing: Filing): Contribution | null {
  if (!filing.counted || filing.kind === "agent_run") return null;
  const tokens = filing.tokens ?? NO_TOKENS;
  const isModelCall = filing.kind === "model_call";
  const isUnpriced = filing.costStatus === "unpriced" || filing.costStatus === "partial";
  return {
    model_calls: isModelCall ? filing.calls : 0,
    tool_calls: isModelCall ? 0 : 1,
    errors: filing.status === "error" ? 1 : 0,
    retries: (filing.attempt ?? 1) > 1 ? 1 : 0,
    unpriced_calls: isUnpriced ? Math.max(1, filing.calls) : 0,
    unpriced_tokens: isUnpriced ? totalTokens(tokens) : 0,
    input_uncached: tokens.input_uncached,
    cache_read: tokens.cache_read,
    cache_write_5m: tokens.cache_write_5m,
    cache_write_1h: tokens.cache_write_1h,
    output: tokens.output,
    reasoning: tokens.reasoning,
    cost: filing.cost ?? 0n,
    list_cost: filing.listCost ?? 0n,
  };
}
