import { multiplyFractions } from "#lib/money/money.ts";
import { type Circumstances, type FoundRate, findRate, isInScope } from "./find-rate.ts";
import { type FoundModel, findModel } from "./model-name.ts";
import type { DerivedUnit, Modifier, PriceBook, Rate } from "./price-book.ts";
import { canonicalProvider } from "./providers.ts";
import { identifyRateSet, type RateQuery, type RateSet, type ResolvedRate } from "./rate-set.ts";
import { normaliseGeo, normaliseRegion, normaliseSpeed, normaliseTier } from "./served-tier.ts";
import { isTokenUnit, UNIT_NAMES, type Unit } from "./units.ts";

/**
 * Resolves the list prices of a call. Every call has a rate set: one that
 * nothing is known about gets an empty, unpriced one that names it.
 */
export function resolveRateSet(book: PriceBook, query: RateQuery): RateSet {
  const { call, found } = locate(book, query);
  const rates =
    found === null ? [] : UNIT_NAMES.flatMap((unit) => resolveUnit(book, found, unit, call));
  return identifyRateSet(
    {
      provider: call.provider,
      model: call.model,
      tier: call.tier,
      speed: call.speed,
      region: call.region,
      inferenceGeo: call.inferenceGeo,
      status: found !== null && pricesItsOwnUnits(found, rates) ? "priced" : "unpriced",
      rates,
    },
    book.hash,
  );
}

/** Fees alone price neither a model that is sold by tokens nor one of which only the name is known. */
function pricesItsOwnUnits({ priced }: FoundModel, rates: readonly ResolvedRate[]): boolean {
  if (priced.rates.size === 0) return false;
  const sellsTokens = [...priced.rates.keys()].some(isTokenUnit);
  return rates.some(({ unit }) => !sellsTokens || isTokenUnit(unit));
}

/** Outside input names models; a name is kept to a size that can be indexed and shown. */
const MAX_NAME = 256;

/** The model of a query, and its circumstances in the book's own words. */
export function locate(
  book: PriceBook,
  query: RateQuery,
): { call: Circumstances; found: FoundModel | null } {
  const { provider, reported } = reportedName(query);
  const found = reported === "" ? null : findModel(book, provider, reported);
  const call = {
    provider,
    model: found?.priced.model ?? reported,
    tier: normaliseTier(query.tier),
    speed: normaliseSpeed(query.speed),
    region: normaliseRegion(provider, found?.region ?? query.region),
    inferenceGeo: normaliseGeo(query.inferenceGeo),
    contextTokens: query.contextTokens,
    atMs: query.atMs,
  };
  return { call, found };
}

/** Who is billed and for what, as far as the report alone tells. */
export function reportedName({ provider, model }: Pick<RateQuery, "provider" | "model">): {
  provider: string;
  reported: string;
} {
  const reported = model?.trim().slice(0, MAX_NAME) ?? "";
  return { provider: canonicalProvider(provider ?? providerOfPrefix(reported)), reported };
}

/** `openai/gpt-5.5` says who is asked when nothing else does. */
function providerOfPrefix(model: string): string {
  const [prefix = "", rest] = model.split("/");
  return rest === undefined ? "unknown" : prefix;
}

function resolveUnit(
  book: PriceBook,
  found: FoundModel,
  unit: Unit,
  call: Circumstances,
): ResolvedRate[] {
  const own = findRate(book, ratesOf(found, unit), unit, call);
  if (own !== null) return [resolved(unit, own, null)];
  const rules = book.derived.filter(
    (rule) =>
      rule.unit === unit && rule.providers.has(call.provider) && isInScope(rule.scope, call.model),
  );
  for (const rule of rules) {
    const base = findRate(book, ratesOf(found, rule.from), rule.from, call);
    if (base !== null) return [resolved(unit, base, rule)];
  }
  return [];
}

/** Another provider's tiers, regions and fees are not resold with its list price. */
export function ratesOf({ priced, owner, plainListOnly }: FoundModel, unit: Unit): readonly Rate[] {
  if (!isTokenUnit(unit)) {
    const fees = plainListOnly ? undefined : priced.rates.get(unit);
    return fees ?? owner.fees.get(unit) ?? [];
  }
  const rates = priced.rates.get(unit) ?? [];
  return plainListOnly ? rates.filter(isPlainList) : rates;
}

function isPlainList({ tier, speed, region }: Rate): boolean {
  return tier === "standard" && speed === null && region === null;
}

function resolved(
  unit: Unit,
  { rate, modifiers }: FoundRate,
  rule: DerivedUnit | null,
): ResolvedRate {
  const factors: readonly (Modifier | DerivedUnit)[] =
    rule === null ? modifiers : [...modifiers, rule];
  const product = factors.reduce(
    (all, { num, den }) => multiplyFractions(all, { num: BigInt(num), den: BigInt(den) }),
    { num: 1n, den: 1n },
  );
  return {
    unit,
    amount: rate.amount,
    per: rate.per,
    num: Number(product.num),
    den: Number(product.den),
    kind: rate.kind,
    source: rate.source,
    effectiveFrom:
      rate.effectiveFromMs === null ? null : new Date(rate.effectiveFromMs).toISOString(),
    ...(rate.context === null ? {} : { context: rate.context }),
    rules: factors.map(({ source }) => `${source.quote ?? source.name} (${source.url})`),
  };
}
