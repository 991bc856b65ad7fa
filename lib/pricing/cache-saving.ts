import { addUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";
import { priceWithRateSet } from "./price-with-rate-set.ts";
import type { RateSet } from "./rate-set.ts";

/** What caching did to the price of prompts, against sending all of them as plain input. */
export type CacheSaving = {
  /** Cache reads at the rate of uncached input, less what they cost. */
  readonly saved: Usd;
  /** What cache writes cost beyond the rate of uncached input. */
  readonly surcharge: Usd;
  /** `saved` − `surcharge`; below zero where the cache was written and hardly read. */
  readonly net: Usd;
};

const WRITES = ["cache_write_5m", "cache_write_1h"] as const;

/**
 * Works out what caching was worth at one set of rates, exactly: the same
 * tokens are priced once as they were used and once as uncached input.
 *
 * @returns null when nothing was cached, or when one of the rates that it takes
 *   is unknown.
 */
export function cacheSaving(rateSet: RateSet, tokens: Tokens): CacheSaving | null {
  const written = tokens.cache_write_5m + tokens.cache_write_1h;
  if (tokens.cache_read + written === 0) return null;
  const reads = priced(rateSet, { cache_read: tokens.cache_read });
  const writes = priced(rateSet, Object.fromEntries(WRITES.map((name) => [name, tokens[name]])));
  const plainReads = priced(rateSet, { input_uncached: tokens.cache_read });
  const plainWrites = priced(rateSet, { input_uncached: written });
  if (reads === null || writes === null || plainReads === null || plainWrites === null) return null;
  const saved = (plainReads - reads) as Usd;
  const surcharge = (writes - plainWrites) as Usd;
  return { saved, surcharge, net: (saved - surcharge) as Usd };
}

/** The sum of two; what is unknown adds nothing. */
export function addSavings(a: CacheSaving | null, b: CacheSaving | null): CacheSaving | null {
  if (a === null || b === null) return a ?? b;
  return {
    saved: addUsd(a.saved, b.saved),
    surcharge: addUsd(a.surcharge, b.surcharge),
    net: addUsd(a.net, b.net),
  };
}

/** Null when a unit that was used has no rate; nothing used costs nothing. */
function priced(rateSet: RateSet, tokens: Partial<Tokens>): Usd | null {
  const { cost, lines } = priceWithRateSet(rateSet, { ...NO_TOKENS, ...tokens });
  return lines.length === 0 ? ZERO_USD : cost;
}
