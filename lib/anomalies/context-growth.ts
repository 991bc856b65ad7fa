import { median } from "#lib/forecast/statistics.ts";
import { multiplyFraction, sumUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";

/** One model call of a session's main thread. */
export type ContextTurn = {
  /** The whole prompt, cached or not. */
  readonly contextTokens: number;
  /** Null when it has no price. */
  readonly cost: Usd | null;
};

/** A session whose prompt grows with every turn. */
export type ContextGrowth = {
  readonly turns: number;
  readonly firstTokens: number;
  readonly lastTokens: number;
  /** Median of the growth from turn to turn. */
  readonly tokensPerTurn: number;
  /** The part of the cost that the prompt's growth since the first turn stands for, by tokens. */
  readonly growthCost: Usd;
};

export type GrowthLimits = {
  readonly turns: number;
  /** Last prompt as a multiple of the first. */
  readonly times: number;
  readonly lastTokens: number;
  /** Share of turns that grew: growth by one pasted file is no habit. */
  readonly risingShare: number;
};

export const USUAL_GROWTH: GrowthLimits = {
  turns: 10,
  times: 4,
  lastTokens: 50_000,
  risingShare: 0.7,
};

/**
 * Finds context bloat: a prompt that is never compacted and becomes the larger
 * part of every turn's price.
 *
 * @param turns In order of time; sub-agents have threads of their own.
 * @returns null when the session stays within the limits.
 */
export function findContextGrowth(
  turns: readonly ContextTurn[],
  limits: GrowthLimits = USUAL_GROWTH,
): ContextGrowth | null {
  const known = turns.filter(({ contextTokens }) => contextTokens > 0);
  const first = known[0]?.contextTokens ?? 0;
  const last = known.at(-1)?.contextTokens ?? 0;
  const steps = known
    .slice(1)
    .map(({ contextTokens }, index) => contextTokens - (known[index]?.contextTokens ?? 0));
  const rising = steps.filter((step) => step > 0).length;
  const isBloat =
    known.length >= limits.turns &&
    last >= limits.times * first &&
    last >= limits.lastTokens &&
    rising >= limits.risingShare * steps.length;
  if (!isBloat) return null;
  return {
    turns: known.length,
    firstTokens: first,
    lastTokens: last,
    tokensPerTurn: median(steps),
    growthCost: sumUsd(known.map((turn) => costAbove(turn, first))),
  };
}

function costAbove({ contextTokens, cost }: ContextTurn, first: number): Usd {
  if (cost === null || contextTokens <= first) return ZERO_USD;
  return multiplyFraction(cost, BigInt(contextTokens - first), BigInt(contextTokens));
}
