/**
 * The token classes of the ledger. They are disjoint, except that `reasoning`
 * is part of `output`: never add it. Cache writes of unstated lifetime count as
 * `cache_write_5m`.
 */
export const TOKEN_CLASSES = [
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
] as const;

export type TokenClass = (typeof TOKEN_CLASSES)[number];

/** Tokens of one usage event. Whole numbers, never negative. */
export type Tokens = { readonly [Class in TokenClass]: number };

export const NO_TOKENS: Tokens = {
  input_uncached: 0,
  cache_read: 0,
  cache_write_5m: 0,
  cache_write_1h: 0,
  output: 0,
  reasoning: 0,
};

/** All that was billed: every class but `reasoning`, which `output` holds already. */
export function totalTokens(tokens: Tokens): number {
  return (
    tokens.input_uncached +
    tokens.cache_read +
    tokens.cache_write_5m +
    tokens.cache_write_1h +
    tokens.output
  );
}

/** The size of the prompt, which context bands of a price go by. */
export function contextTokens(tokens: Tokens): number {
  return totalTokens(tokens) - tokens.output;
}
