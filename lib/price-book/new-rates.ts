import type { OverridePrice } from "#lib/pricing/overrides.ts";
import type { PriceSource } from "#lib/pricing/price-book.ts";
import { canonicalProvider } from "#lib/pricing/providers.ts";
import { UNITS, type Unit } from "#lib/pricing/units.ts";
import type { NewRate } from "./own-rate.ts";
import type { RateInput } from "./rate-input.ts";

/** The units of a model that is free without further words. */
const FREE_UNITS: readonly Unit[] = [
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
];

export type RateDefaults = {
  readonly sourceName: string;
  /** The day on which whoever sends the price looked at its source. */
  readonly today: string;
};

/** The prices that an input states: one, or those of all token units where a model is free. */
export function newRates(input: RateInput, defaults: RateDefaults): NewRate[] {
  if (input.kind === "free" && input.amount == null) {
    const units = input.unit == null ? FREE_UNITS : [input.unit];
    return units.flatMap((unit) => newRates({ ...input, unit, amount: "0" }, defaults));
  }
  return [
    {
      ...forWhat(input),
      price: priceOf(input),
      includesFees: input.includes_fees,
      effectiveFrom: input.effective_from ?? null,
      effectiveTo: input.effective_to ?? null,
      source: sourceOf(input, defaults),
    },
  ];
}

function forWhat(input: RateInput) {
  const { team, kind, provider, model, unit, tier, speed, region, context, window } = input;
  return {
    kind,
    team: team ?? null,
    provider: provider == null ? null : canonicalProvider(provider),
    model: model ?? null,
    unit: unit ?? null,
    tier: tier ?? null,
    speed: speed ?? null,
    region: region ?? null,
    context: context ?? null,
    window: window ?? null,
  };
}

function sourceOf({ source }: RateInput, { sourceName, today }: RateDefaults): PriceSource {
  return {
    name: source?.name ?? sourceName,
    url: source?.url ?? "",
    quote: source?.quote ?? null,
    checkedAt: source?.checked_at ?? today,
  };
}

function priceOf({ amount, per, unit, discount }: RateInput): OverridePrice {
  if (discount != null) return { off: discount };
  return { amount: amount ?? "0", per: per ?? (unit == null ? 1 : UNITS[unit].per) };
}
