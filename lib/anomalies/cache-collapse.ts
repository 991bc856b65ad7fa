import { multiplyFraction, type Usd, ZERO_USD } from "#lib/money/money.ts";

/** Prompts of one agent (or team, or model) in a span of time. */
export type CacheUse = {
  /** All prompt tokens, cached or not. */
  readonly contextTokens: number;
  readonly cacheReadTokens: number;
};

/** A cache that used to answer and no longer does. */
export type CacheCollapse = {
  /** Shares of prompt tokens read from the cache, 0 to 1. */
  readonly hitShareBefore: number;
  readonly hitShareNow: number;
  /** Prompt tokens now paid in full that would have come from the cache. */
  readonly missedTokens: number;
  /** What they cost more than cached ones; null when the saving's price is unknown. */
  readonly extraCost: Usd | null;
};

export type CollapseLimits = {
  readonly hitShareBefore: number;
  /** The hit share now is at most this share of the one before. */
  readonly leftShare: number;
  /** Prompt tokens that each span must have. */
  readonly tokens: number;
};

export const USUAL_COLLAPSE: CollapseLimits = {
  hitShareBefore: 0.3,
  leftShare: 0.5,
  tokens: 100_000,
};

/**
 * Finds a cache-hit collapse: an edit at the head of the prompt, a changed tool
 * list or a timestamp in it makes every prompt new, at up to ten times the price.
 *
 * @param savingPerMillion Price of a million uncached prompt tokens less that of
 *   cached ones, at the rates of now.
 * @returns null when the cache works as before, or there is too little to say.
 */
export function findCacheCollapse(
  before: CacheUse,
  now: CacheUse,
  savingPerMillion: Usd | null,
  limits: CollapseLimits = USUAL_COLLAPSE,
): CacheCollapse | null {
  if (before.contextTokens < limits.tokens || now.contextTokens < limits.tokens) return null;
  const hitShareBefore = before.cacheReadTokens / before.contextTokens;
  const hitShareNow = now.cacheReadTokens / now.contextTokens;
  if (hitShareBefore < limits.hitShareBefore) return null;
  if (hitShareNow > limits.leftShare * hitShareBefore) return null;
  const missedTokens = Math.round((hitShareBefore - hitShareNow) * now.contextTokens);
  const extraCost =
    savingPerMillion === null
      ? null
      : multiplyFraction(savingPerMillion, BigInt(missedTokens), 1_000_000n);
  const isDearer = extraCost === null || extraCost > ZERO_USD;
  return isDearer ? { hitShareBefore, hitShareNow, missedTokens, extraCost } : null;
}
