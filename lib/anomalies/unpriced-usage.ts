/** Usage of one model for which no price was found. */
export type UnpricedUse = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly calls: number;
  readonly tokens: number;
  readonly firstAtMs: number;
};

export type UnpricedUsage = UnpricedUse & {
  /** Share of all tokens of the span, 0 to 1: how much of it the cost does not show. */
  readonly share: number;
  /** Not seen without a price before. */
  readonly isNew: boolean;
};

/**
 * Lists tokens without price, most first: spend that no total shows. One call
 * is enough, since nothing about it is a matter of degree.
 *
 * @param allTokens Of the same span, priced or not.
 * @param before Unpriced usage of the time before.
 */
export function findUnpricedUsage(
  now: readonly UnpricedUse[],
  allTokens: number,
  before: readonly Pick<UnpricedUse, "provider" | "model">[],
): UnpricedUsage[] {
  const known = new Set(before.map(nameOf));
  return now
    .filter(({ calls, tokens }) => calls > 0 || tokens > 0)
    .map((use) => ({
      ...use,
      share: allTokens > 0 ? use.tokens / allTokens : 0,
      isNew: !known.has(nameOf(use)),
    }))
    .toSorted((a, b) => b.tokens - a.tokens || b.calls - a.calls);
}

function nameOf({ provider, model }: Pick<UnpricedUse, "provider" | "model">): string {
  return JSON.stringify([provider, model]);
}
