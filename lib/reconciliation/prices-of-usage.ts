import type { PriceOf } from "#lib/invoices/counted-usage.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";

/** Prices usage that a provider counts for the whole organisation: no team's contract is in it. */
export function pricesOf(pricing: Pricing): PriceOf {
  return ({ startedAtMs, tokens, units, ...usage }) => {
    const { rateSet } = pricing.resolve({ ...usage, atMs: startedAtMs }, "");
    return priceWithRateSet(rateSet, tokens, units).lines;
  };
}
