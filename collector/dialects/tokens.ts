import type { Tokens } from "#lib/usage/tokens.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import type { UsageFlag } from "#lib/usage/usage-event.ts";
import type { Count } from "./attributes.ts";

/** The counts of one item under the producer's own meaning. What it does not report is left out. */
export type RawUsage = {
  readonly input?: Count;
  readonly output?: Count;
  readonly cacheRead?: Count;
  /** All cache writes, whatever their lifetime. */
  readonly cacheWrite?: Count;
  readonly cacheWrite5m?: Count;
  readonly cacheWrite1h?: Count;
  readonly reasoning?: Count;
  /** Gemini: tokens of tool results, input on top of the prompt. */
  readonly toolPrompt?: Count;
  /** Only where the vendor made it; a total that an instrumentation computed proves nothing. */
  readonly vendorTotal?: Count;
};

/** What the producer's numbers mean (DIALECTS 0.1). */
export type Convention = {
  /** Whether `input` contains the cache tokens. */
  readonly cache: "included" | "excluded";
  /** Whether `output` contains the reasoning; Gemini's raw counts leave it out. */
  readonly reasoning: "included" | "excluded";
};

export const INCLUSIVE: Convention = {
  cache: "included",
  reasoning: "included",
};
export const EXCLUSIVE: Convention = {
  cache: "excluded",
  reasoning: "included",
};
export const GEMINI_RAW: Convention = {
  cache: "included",
  reasoning: "excluded",
};

export type Usage = {
  /** Null when neither input nor output was given: missing is not zero. */
  readonly tokens: Tokens | null;
  readonly flags: readonly UsageFlag[];
};

/**
 * Turns a producer's counts into the ledger's disjoint classes (DIALECTS 0.1).
 *
 * Counts that contradict the convention win over it: cache tokens beyond the
 * input mean that the input excludes them (`inferred_exclusive`), reasoning
 * beyond the output means that the output excludes it.
 */
export function normaliseTokens(raw: RawUsage, convention: Convention): Usage {
  const flags: UsageFlag[] = [];
  if (Object.values(raw).includes("invalid")) {
    flags.push("invalid_usage");
  }
  if (isMissing(raw)) {
    return { tokens: null, flags: [...flags, "usage_missing"] };
  }
  const write = splitWrites(raw);
  if (write.assumed) {
    flags.push("assumed_ttl");
  }
  const read = known(raw.cacheRead);
  const cached = read + write.fiveMinutes + write.oneHour;
  const input = known(raw.input) + known(raw.toolPrompt);
  const excluded = convention.cache === "excluded" || totalSaysExcluded(raw, cached);
  if (!excluded && cached > input) {
    flags.push("inferred_exclusive");
  }
  const reasoning = known(raw.reasoning);
  const tokens = {
    input_uncached: excluded || cached > input ? input : input - cached,
    cache_read: read,
    cache_write_5m: write.fiveMinutes,
    cache_write_1h: write.oneHour,
    output: known(raw.output) + (isReasoningOutside(raw, convention) ? reasoning : 0),
    reasoning,
  };
  return { tokens, flags };
}

/** What a failed attempt without usage counts: nothing, and that is known. */
export const FAILED: Usage = { tokens: NO_TOKENS, flags: [] };

function known(value: Count | undefined): number {
  return typeof value === "number" ? value : 0;
}

/**
 * No call has a prompt of nothing, so all-zero counts (Gemini without usage,
 * interrupted streams) are missing ones.
 */
function isMissing(raw: RawUsage): boolean {
  const counts = [raw.input, raw.output, raw.cacheRead, raw.cacheWrite, raw.reasoning];
  return counts.every((value) => known(value) === 0);
}

function splitWrites(raw: RawUsage): {
  fiveMinutes: number;
  oneHour: number;
  assumed: boolean;
} {
  const oneHour = known(raw.cacheWrite1h);
  const fiveMinutes = known(raw.cacheWrite5m);
  // LangChain reports 0 written where it knows the split, so the larger of both is the truth.
  const unstated = Math.max(0, known(raw.cacheWrite) - oneHour - fiveMinutes);
  return {
    fiveMinutes: fiveMinutes + unstated,
    oneHour,
    // There are two lifetimes: where one-hour writes are stated, the rest is the other.
    assumed: unstated > 0 && oneHour === 0,
  };
}

function totalSaysExcluded(raw: RawUsage, cached: number): boolean {
  const total = known(raw.vendorTotal);
  return (
    cached > 0 &&
    total > 0 &&
    total === known(raw.input) + known(raw.toolPrompt) + known(raw.output) + cached
  );
}

function isReasoningOutside(raw: RawUsage, convention: Convention): boolean {
  const reasoning = known(raw.reasoning);
  const inside = known(raw.input) + known(raw.toolPrompt) + known(raw.output);
  const total = known(raw.vendorTotal);
  if (reasoning > known(raw.output)) {
    return true;
  }
  if (total > 0 && reasoning > 0 && (total === inside || total === inside + reasoning)) {
    return total === inside + reasoning;
  }
  return convention.reasoning === "excluded";
}
