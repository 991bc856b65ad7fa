import type { Pricing } from "#lib/price-book/pricing.ts";
import type { RateQuery, RateSet } from "#lib/pricing/rate-set.ts";

/** What calls of one sort are charged by, for a stretch of time and of prompt sizes; upper bounds exclusive. */
export type PriceSpan = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly fromTokens: number;
  /** Infinity: any larger prompt. */
  readonly toTokens: number;
  readonly rateSet: RateSet;
};

export type SpanQuery = Omit<RateQuery, "contextTokens" | "atMs">;

/**
 * All prices that calls of one sort have from one moment to another, by time and
 * prompt size: together they cover every call once.
 */
export function priceSpans(
  pricing: Pick<Pricing, "spanOf">,
  query: SpanQuery,
  team: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): PriceSpan[] {
  const spans: PriceSpan[] = [];
  let last: PriceSpan[] = [];
  for (let atMs = fromMs; atMs < toMs; ) {
    const bands = bandsAt(pricing, query, team, atMs);
    const endMs = Math.min(toMs, bands.untilMs);
    const next = bands.spans.map((span) => ({ ...span, fromMs: atMs, toMs: endMs }));
    if (isSameButForTime(last, next)) {
      last = last.map((span) => ({ ...span, toMs: endMs }));
    } else {
      spans.push(...last);
      last = next;
    }
    atMs = endMs;
  }
  return [...spans, ...last];
}

type Band = Omit<PriceSpan, "fromMs" | "toMs">;

/** The prices of all prompt sizes at a moment, and until when they hold. */
function bandsAt(
  pricing: Pick<Pricing, "spanOf">,
  query: SpanQuery,
  team: string,
  atMs: number,
): { spans: Band[]; untilMs: number } {
  const spans: Band[] = [];
  let untilMs = Number.POSITIVE_INFINITY;
  for (let contextTokens = 0; contextTokens !== Number.POSITIVE_INFINITY; ) {
    const { rateSet, toTokens, toMs } = pricing.spanOf({ ...query, contextTokens, atMs }, team);
    const before = spans.at(-1);
    if (before?.rateSet.id === rateSet.id) spans[spans.length - 1] = { ...before, toTokens };
    else spans.push({ fromTokens: contextTokens, toTokens, rateSet });
    untilMs = Math.min(untilMs, toMs);
    contextTokens = toTokens;
  }
  return { spans, untilMs };
}

function isSameButForTime(a: readonly PriceSpan[], b: readonly PriceSpan[]): boolean {
  return (
    a.length === b.length &&
    a.every((span, i) => {
      const other = b[i];
      return span.rateSet.id === other?.rateSet.id && span.toTokens === other.toTokens;
    })
  );
}
