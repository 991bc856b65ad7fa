import { contextTokens, type Tokens } from "#lib/usage/tokens.ts";
import type { UsageFlag } from "#lib/usage/usage-event.ts";
import type { Attributes } from "../otlp/model.ts";
import { count, object } from "./attributes.ts";
import type { Convention, RawUsage, Usage } from "./tokens.ts";
import { FAILED, normaliseTokens } from "./tokens.ts";

/** The prefixes under which one span may hold counts. */
export const CALL_USAGE = "gen_ai.usage";
/** Pydantic AI's run total. */
export const RUN_USAGE = "gen_ai.aggregated_usage";

type Prefix = typeof CALL_USAGE | typeof RUN_USAGE;

/** What each count is called below its prefix, the best name first. */
const NAMES = {
  input: ["input_tokens", "prompt_tokens"],
  output: ["output_tokens", "completion_tokens"],
  cacheRead: [
    "cache_read.input_tokens",
    "cache_read_input_tokens",
    "cached_input_tokens",
    "cache_read_tokens",
    "cached_tokens",
    "input_tokens.cached",
    "details.cache_read_tokens",
    "details.cache_read_input_tokens",
    "details.cached_tokens",
  ],
  cacheWrite: [
    "cache_creation.input_tokens",
    "cache_write.input_tokens",
    "cache_creation_input_tokens",
    "cache_write_input_tokens",
    "cache_write_tokens",
    "details.cache_write_tokens",
    "details.cache_creation_input_tokens",
  ],
  cacheWrite5m: ["cache_creation.ephemeral_5m_input_tokens", "details.ephemeral_5m_input_tokens"],
  cacheWrite1h: ["cache_creation.ephemeral_1h_input_tokens", "details.ephemeral_1h_input_tokens"],
  reasoning: [
    "reasoning.output_tokens",
    "reasoning_tokens",
    "reasoning_output_tokens",
    "details.reasoning_tokens",
    "experimental.reasoning_tokens",
  ],
} as const;
type Keys = { readonly [Part in keyof typeof NAMES]: readonly string[] };

/** Put together once: every span is asked for all of them. */
const KEYS: { readonly [P in Prefix]: Keys } = {
  [CALL_USAGE]: keysUnder(CALL_USAGE),
  [RUN_USAGE]: keysUnder(RUN_USAGE),
};

function keysUnder(prefix: Prefix): Keys {
  const parts = Object.entries(NAMES).map(([part, names]) => [
    part,
    names.map((name) => `${prefix}.${name}`),
  ]);
  return Object.fromEntries(parts) as Keys;
}

/**
 * `gen_ai.usage.*` in all its spellings since semantic conventions 1.26, and
 * those of the instrumentations that went ahead of them (DIALECTS 1, 3, 10).
 */
export function genAiUsage(attributes: Attributes, prefix: Prefix = CALL_USAGE): RawUsage {
  const keys = KEYS[prefix];
  // Anthropic's SDKs keep what the conventions have no name for beside `gen_ai.usage`.
  const sdk = (key: string) => (prefix === CALL_USAGE ? count(attributes, key) : null);
  return {
    input: count(attributes, ...keys.input),
    output: count(attributes, ...keys.output),
    cacheRead: count(attributes, ...keys.cacheRead),
    cacheWrite: count(attributes, ...keys.cacheWrite),
    cacheWrite5m: firstCount(
      count(attributes, ...keys.cacheWrite5m),
      sdk("anthropic.usage.cache_creation.ephemeral_5m_input_tokens"),
    ),
    cacheWrite1h: firstCount(
      count(attributes, ...keys.cacheWrite1h),
      sdk("anthropic.usage.cache_creation.ephemeral_1h_input_tokens"),
    ),
    reasoning: firstCount(
      count(attributes, ...keys.reasoning),
      count(attributes, "llm.usage.reasoning_tokens"),
    ),
  };
}

/**
 * A usage object as the vendor's API returns it: OpenAI Chat and Responses,
 * Anthropic Messages, Bedrock Converse, Gemini. Numbers keep the vendor's
 * meaning, so only the parts that an instrumentation dropped may be taken.
 */
export function vendorUsage(usage: Attributes): RawUsage {
  const writes = object(usage, "cache_creation", "cacheCreation") ?? new Map();
  const input = object(usage, "prompt_tokens_details", "input_tokens_details") ?? new Map();
  const output = object(usage, "completion_tokens_details", "output_tokens_details") ?? new Map();
  return {
    input: count(usage, "input_tokens", "prompt_tokens", "inputTokens", "promptTokenCount"),
    output: count(usage, "output_tokens", "completion_tokens", "outputTokens"),
    cacheRead: firstCount(
      count(usage, "cache_read_input_tokens", "cacheReadInputTokens", "cachedContentTokenCount"),
      count(input, "cached_tokens"),
    ),
    cacheWrite: firstCount(
      count(
        usage,
        "cache_creation_input_tokens",
        "cacheWriteInputTokens",
        "cacheWriteInputTokenCount",
      ),
      count(input, "cache_write_tokens"),
    ),
    cacheWrite5m: count(writes, "ephemeral_5m_input_tokens", "ephemeral5mInputTokens"),
    cacheWrite1h: count(writes, "ephemeral_1h_input_tokens", "ephemeral1hInputTokens"),
    reasoning: firstCount(count(output, "reasoning_tokens"), count(usage, "thoughtsTokenCount")),
  };
}

/** True when at least one count is there, readable or not. */
export function hasUsage(raw: RawUsage): boolean {
  return Object.values(raw).some((value) => value !== null && value !== undefined);
}

/** True when the producer says anything about the cache, be it zero. */
export function saysCache(raw: RawUsage): boolean {
  const { cacheRead, cacheWrite, cacheWrite5m, cacheWrite1h } = raw;
  return hasUsage({
    cacheRead: cacheRead ?? null,
    cacheWrite: cacheWrite ?? null,
    cacheWrite5m: cacheWrite5m ?? null,
    cacheWrite1h: cacheWrite1h ?? null,
  });
}

export type CallUsage = {
  readonly raw: RawUsage;
  readonly convention: Convention;
  readonly isFailed: boolean;
  readonly isEmbedding: boolean;
  /** The producer leaves cache counts out when they are zero. */
  readonly omitsZeroCache?: boolean;
  /** The producer may have left cache writes in the input, whatever it says of the cache. */
  readonly hidesWrites?: boolean;
};

/** Tokens and flags of a call: failed attempts cost nothing; silence on the cache, or on one half of the usage, is marked. */
export function callUsage(call: CallUsage): Usage {
  const { tokens, flags } = normaliseTokens(call.raw, call.convention);
  if (tokens === null) {
    return call.isFailed ? { ...FAILED, flags: flags.filter(isNotMissing) } : { tokens, flags };
  }
  const isSilent =
    tokens.input_uncached > 0 &&
    !call.isEmbedding &&
    (call.hidesWrites === true || (!saysCache(call.raw) && call.omitsZeroCache !== true));
  const marks: UsageFlag[] = [];
  if (isHalf(call, tokens)) marks.push("usage_incomplete");
  if (isSilent) marks.push("cache_unreported");
  return { tokens, flags: [...flags, ...marks] };
}

/** A call has a prompt, and one that went well an answer; an answer of no tokens must be said to be one. */
function isHalf({ raw, isFailed, isEmbedding }: CallUsage, tokens: Tokens): boolean {
  if (contextTokens(tokens) === 0) return true;
  const saysOutput = typeof raw.output === "number" || tokens.output > 0;
  return !saysOutput && !isFailed && !isEmbedding;
}

function isNotMissing(flag: UsageFlag): boolean {
  return flag !== "usage_missing";
}

function firstCount<Value>(...values: readonly (Value | null)[]): Value | null {
  return values.find((value) => value !== null) ?? null;
}
