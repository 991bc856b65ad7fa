import { parseUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { NO_TOKENS, type Tokens, totalTokens } from "#lib/usage/tokens.ts";
import type { LedgerEvent } from "./ledger-event.ts";
import type { Measures } from "./usage-query.ts";

/** The whole numbers of every rollup and report, by column. */
export const COUNT_COLUMNS = [
  "model_calls",
  "tool_calls",
  "errors",
  "unpriced_calls",
  "unpriced_tokens",
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
] as const;

/** Sums as the driver hands them over. */
export type MeasuresRow = { readonly [C in (typeof COUNT_COLUMNS)[number]]: bigint } & {
  readonly cost: string;
  readonly list_cost: string;
};

export const NO_MEASURES: Measures = {
  modelCalls: 0,
  toolCalls: 0,
  errors: 0,
  tokens: NO_TOKENS,
  cost: ZERO_USD,
  listCost: ZERO_USD,
  unpricedCalls: 0,
  unpricedTokens: 0,
};

export function toMeasures(row: MeasuresRow): Measures {
  return {
    modelCalls: Number(row.model_calls),
    toolCalls: Number(row.tool_calls),
    errors: Number(row.errors),
    tokens: {
      input_uncached: Number(row.input_uncached),
      cache_read: Number(row.cache_read),
      cache_write_5m: Number(row.cache_write_5m),
      cache_write_1h: Number(row.cache_write_1h),
      output: Number(row.output),
      reasoning: Number(row.reasoning),
    },
    cost: parseUsd(row.cost),
    listCost: parseUsd(row.list_cost),
    unpricedCalls: Number(row.unpriced_calls),
    unpricedTokens: Number(row.unpriced_tokens),
  };
}

/** What one row of the ledger adds to every sum, as lib/rollups/contribution.ts has it. */
export function measuresOfEvent(
  event: Pick<
    LedgerEvent,
    "kind" | "status" | "counted" | "calls" | "tokens" | "cost" | "listCost" | "costStatus"
  >,
): Measures {
  if (!event.counted || event.kind === "agent_run") return NO_MEASURES;
  const isModelCall = event.kind === "model_call";
  const isUnpriced = event.costStatus === "unpriced" || event.costStatus === "partial";
  const tokens = event.tokens ?? NO_TOKENS;
  return {
    modelCalls: isModelCall ? event.calls : 0,
    toolCalls: isModelCall ? 0 : 1,
    errors: event.status === "error" ? 1 : 0,
    tokens,
    cost: event.cost ?? ZERO_USD,
    listCost: event.listCost ?? ZERO_USD,
    unpricedCalls: isUnpriced ? Math.max(1, event.calls) : 0,
    unpricedTokens: isUnpriced ? totalTokens(tokens) : 0,
  };
}

export function addMeasures(a: Measures, b: Measures): Measures {
  return {
    modelCalls: a.modelCalls + b.modelCalls,
    toolCalls: a.toolCalls + b.toolCalls,
    errors: a.errors + b.errors,
    tokens: addTokens(a.tokens, b.tokens),
    cost: (a.cost + b.cost) as Usd,
    listCost: (a.listCost + b.listCost) as Usd,
    unpricedCalls: a.unpricedCalls + b.unpricedCalls,
    unpricedTokens: a.unpricedTokens + b.unpricedTokens,
  };
}

function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input_uncached: a.input_uncached + b.input_uncached,
    cache_read: a.cache_read + b.cache_read,
    cache_write_5m: a.cache_write_5m + b.cache_write_5m,
    cache_write_1h: a.cache_write_1h + b.cache_write_1h,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}
