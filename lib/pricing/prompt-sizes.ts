import type { ContextBand } from "./price-book.ts";
import type { RateSet } from "./rate-set.ts";

/** Prompt sizes in tokens; `to` is exclusive and may be infinite. */
export type PromptSizes = { readonly from: number; readonly to: number };

/** The prompt sizes that calls of a rate set have, as far as its prices tell. */
export function promptSizesOf({ rates, listRates = [] }: RateSet): PromptSizes {
  let [from, to] = [0, Number.POSITIVE_INFINITY];
  for (const { context } of [...rates, ...listRates]) {
    if (context === undefined) continue;
    const band = sizesIn(context);
    from = Math.max(from, band.from);
    to = Math.min(to, band.to);
  }
  return { from, to };
}

function sizesIn({ min, minInclusive, max, maxInclusive }: ContextBand): PromptSizes {
  const from = minInclusive ? min : min + 1;
  if (max === null) return { from, to: Number.POSITIVE_INFINITY };
  return { from, to: maxInclusive ? max + 1 : max };
}
