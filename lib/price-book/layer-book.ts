import { contextBand, timeWindow } from "#lib/pricing/build-price-book.ts";
import { findModel } from "#lib/pricing/model-name.ts";
import type { PriceBook, PricedModel, PricedProvider, Rate } from "#lib/pricing/price-book.ts";
import { ratesOf } from "#lib/pricing/resolve-rate-set.ts";
import { normaliseSpeed, normaliseTier } from "#lib/pricing/served-tier.ts";
import { isTokenUnit, UNIT_NAMES } from "#lib/pricing/units.ts";
import type { OwnRate } from "./own-rate.ts";

/**
 * The shipped book with what the organisation recorded on top: its list prices
 * as rows that win over the shipped ones, and the names of all models that it
 * has any price for, so that their dated snapshots are found.
 *
 * @returns The book itself when there is nothing to add.
 */
export function layerBook(base: PriceBook, own: readonly OwnRate[]): PriceBook {
  const named = own.filter(({ provider, model }) => provider !== null && model !== null);
  const fees = own.filter(isFeeOfProvider);
  if (named.length + fees.length === 0) return base;
  const providers = new Map(base.providers);
  for (const [name, rates] of Map.groupBy(named, ({ provider }) => provider ?? "")) {
    providers.set(name, layerProvider(base, name, rates));
  }
  for (const [name, rates] of Map.groupBy(fees, ({ provider }) => provider ?? "")) {
    providers.set(name, layerFees(providers.get(name) ?? NO_PROVIDER, rates));
  }
  return { ...base, providers };
}

function isFeeOfProvider({ kind, provider, model }: OwnRate): boolean {
  return kind === "list" && provider !== null && model === null;
}

/** What is recorded for all of a provider's models wins over the shipped fees of single ones. */
function layerFees(provider: PricedProvider, own: readonly OwnRate[]): PricedProvider {
  const models = new Map(
    [...provider.models].map(([id, { model, rates }]) => {
      const better = own.filter(({ unit }) =>
        unit === null ? false : rates.get(unit)?.every(({ rank }) => rank !== "own"),
      );
      return [id, { model, rates: joined(rates, better) }] as const;
    }),
  );
  return { ...provider, models, fees: joined(provider.fees, own) };
}

function layerProvider(base: PriceBook, name: string, own: readonly OwnRate[]): PricedProvider {
  const shipped = base.providers.get(name) ?? NO_PROVIDER;
  const models = new Map(shipped.models);
  const names = new Map(shipped.names);
  for (const [spelling, rates] of Map.groupBy(own, ({ model }) => (model ?? "").toLowerCase())) {
    const known = names.get(spelling);
    const inherited = known === undefined ? inheritedModel(base, name, spelling) : null;
    const id = known ?? inherited?.model ?? rates[0]?.model ?? spelling;
    const before = models.get(id) ?? inherited;
    models.set(id, { model: id, rates: joined(before?.rates, rates) });
    names.set(spelling, id);
  }
  return { ...shipped, models, names };
}

const NO_PROVIDER: PricedProvider = {
  models: new Map(),
  names: new Map(),
  fees: new Map(),
  inherits: [],
};

/** Another provider's model that is sold here: an own price for one unit must not hide the others. */
function inheritedModel(base: PriceBook, provider: string, spelling: string): PricedModel | null {
  const found = findModel(base, provider, spelling);
  if (found === null || found.priced.model.toLowerCase() !== spelling) return null;
  const rates = UNIT_NAMES.filter(isTokenUnit).map((unit) => [unit, ratesOf(found, unit)] as const);
  return {
    model: found.priced.model,
    rates: new Map(rates.filter(([, list]) => list.length > 0)),
  };
}

function joined(
  before: PricedModel["rates"] | undefined,
  own: readonly OwnRate[],
): PricedModel["rates"] {
  const rates = new Map(before);
  for (const rate of own) {
    const row = listRate(rate);
    if (row !== null) rates.set(row.unit, [...(rates.get(row.unit) ?? []), row]);
  }
  return rates;
}

/** Null for prices that are not the provider's own: those are laid over the book's answer. */
function listRate(own: OwnRate): Rate | null {
  const { kind, unit, price, tier, speed, region, context, window, source } = own;
  if (kind !== "list" || unit === null || !("amount" in price)) return null;
  return {
    unit,
    amount: price.amount,
    per: price.per,
    tier: tier === null ? (isTokenUnit(unit) ? "standard" : null) : normaliseTier(tier),
    speed: normaliseSpeed(speed),
    region,
    context: context === null ? null : contextBand(context),
    window: window === null ? null : timeWindow(window),
    effectiveFromMs: own.effectiveFrom?.getTime() ?? null,
    effectiveToMs: own.effectiveTo?.getTime() ?? null,
    kind,
    rank: "own",
    source,
  };
}
