import type { UsageFlag } from "#lib/usage/usage-event.ts";
import type { Attributes, Span } from "../otlp/model.ts";
import type { Count } from "./attributes.ts";
import { count, text } from "./attributes.ts";
import type { Dialect, Reading } from "./dialect.ts";
import { failureOf } from "./gen-ai-span.ts";
import { callUsage, hasUsage, saysCache } from "./gen-ai-usage.ts";
import { spanEvent } from "./item-event.ts";
import { canonicalProvider } from "./provider.ts";
import type { RawUsage } from "./tokens.ts";
import { INCLUSIVE } from "./tokens.ts";

/**
 * Spans that hold token counts under names that nobody here owns. They are
 * kept, so that no spend goes unseen, but nothing is inferred: provider and
 * model only where plainly given, and a split that is not plain is marked.
 */
export const unknown: Dialect = {
  ownsSpan: (span) => COUNTS.some(([, pattern]) => keyLike(span.attributes, pattern) !== null),
  readSpan,
};

const TOKENS = "[._]?(?:tokens?|token_?counts?)";

/** Keys in every usual spelling: `llm.usage.prompt_tokens`, `usage.inputTokens`, `input_token_count`. */
const COUNTS: readonly (readonly [keyof RawUsage, RegExp])[] = [
  ["input", named("(?:input|prompt)")],
  ["output", named("(?:output|completion|candidates)")],
  ["cacheRead", named("(?:cache[._]?read(?:[._]?input)?|cached(?:[._]?input)?)")],
  ["cacheWrite", named("cache[._]?(?:write|creation)(?:[._]?input)?")],
  ["reasoning", named("(?:reasoning|thoughts)(?:[._]?output)?")],
  ["vendorTotal", named("total")],
];

function named(word: string): RegExp {
  return new RegExp(`(?:^|[._])${word}${TOKENS}$`, "i");
}

function readSpan(span: Span): Reading | null {
  const { attributes } = span;
  const raw = usageOf(attributes);
  const { vendorTotal, ...parts } = raw;
  const isOnlyTotal = !hasUsage(parts);
  if (isOnlyTotal && typeof vendorTotal !== "number") {
    return null;
  }
  const model = text(attributes, "model", "llm.model", "llm.model_name", "model_name", "ai.model");
  const provider = text(attributes, "provider", "llm.provider", "llm.vendor", "model_provider");
  const failure = failureOf(span);
  const usage = callUsage({
    raw: isOnlyTotal ? { input: vendorTotal ?? null } : parts,
    convention: INCLUSIVE,
    isFailed: failure.status === "error",
    isEmbedding: false,
  });
  const isUnclear = isOnlyTotal || saysCache(raw);
  const flags: readonly UsageFlag[] = isUnclear ? [...usage.flags, "split_unknown"] : usage.flags;
  const event = spanEvent("unknown", span, {
    kind: "model_call",
    witness: model === null ? "aggregate" : "call",
    operation: "unknown",
    provider: provider === null ? null : canonicalProvider(provider),
    model,
    tokens: usage.tokens,
    flags,
    ...failure,
  });
  return { events: [event] };
}

function usageOf(attributes: Attributes): RawUsage {
  const found: { -readonly [Part in keyof RawUsage]: Count } = {};
  for (const [part, pattern] of COUNTS) {
    const key = keyLike(attributes, pattern);
    found[part] = key === null ? null : count(attributes, key);
  }
  return found;
}

/** The first key of that form that is no limit, price or rate. */
function keyLike(attributes: Attributes, pattern: RegExp): string | null {
  for (const key of attributes.keys()) {
    // Nearly all keys of nearly all spans end here.
    if (!key.includes("oken") || key.length > 128 || NOT_COUNTS.test(key)) continue;
    if (pattern.test(snake(key))) return key;
  }
  return null;
}

const NOT_COUNTS = /max|limit|budget|cost|price|rate|per_|remaining|window|db\.|http\./i;

function snake(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, "$1_$2");
}
