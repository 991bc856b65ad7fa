import { multiplyFractions } from "#lib/money/money.ts";
import type { PriceSource, RateKind } from "./price-book.ts";
import { identifyRateSet, type RateSet, type ResolvedRate } from "./rate-set.ts";
import { isTokenUnit, UNIT_NAMES, type Unit } from "./units.ts";

/** What an organisation agreed or set itself, weakest first. */
export const OVERRIDE_PRECEDENCE = ["org_price", "org_contract", "team_contract"] as const;
export type OverridePrecedence = (typeof OVERRIDE_PRECEDENCE)[number];

/**
 * A price of one's own, in force for a time. The caller passes those of the
 * call's organisation and team, in any order.
 *
 * An absolute price takes the place of the list price with all its modifiers; a
 * discount leaves them and takes `off` from the result.
 */
export type PriceOverride = {
  readonly precedence: OverridePrecedence;
  /** Canonical provider and model; null for all. */
  readonly provider: string | null;
  readonly model: string | null;
  readonly unit: Unit | null;
  /** Null: any tier for a discount, the standard tier for an absolute price. */
  readonly tier: string | null;
  readonly effectiveFromMs: number | null;
  readonly effectiveToMs: number | null;
  readonly price: OverridePrice;
  /** Whether an override without a unit also covers tool and session fees. */
  readonly includesFees: boolean;
  readonly kind: RateKind;
  readonly source: PriceSource;
};

export type OverridePrice =
  | { readonly amount: string; readonly per: number }
  | { readonly off: { readonly num: number; readonly den: number } };

/**
 * The rate set that is charged: team contract over org contract over org price
 * over list, for each unit by itself.
 *
 * @returns The list rate set itself when nothing applies.
 */
export function applyOverrides(
  list: RateSet,
  overrides: readonly PriceOverride[],
  atMs: number,
  hash: (content: string) => string,
): RateSet {
  const inForce = overrides.filter((override) => isInForce(override, list, atMs));
  if (inForce.length === 0) return list;
  const byUnit = new Map(list.rates.map((rate) => [rate.unit, rate]));
  const rates = UNIT_NAMES.flatMap((unit) => {
    const listed = byUnit.get(unit);
    const override = strongest(inForce.filter((candidate) => covers(candidate, unit, listed)));
    if (override === undefined) return listed === undefined ? [] : [listed];
    return [overridden(unit, listed, override)];
  });
  const priced = list.status === "priced" || rates.some(({ unit }) => isTokenUnit(unit));
  return identifyRateSet({ ...list, status: priced ? "priced" : "unpriced", rates }, hash);
}

function isInForce(override: PriceOverride, list: RateSet, atMs: number): boolean {
  const tier = override.tier ?? ("amount" in override.price ? "standard" : list.tier);
  return (
    (override.provider === null || override.provider === list.provider) &&
    (override.model === null || override.model === list.model) &&
    tier === list.tier &&
    (override.effectiveFromMs === null || override.effectiveFromMs <= atMs) &&
    (override.effectiveToMs === null || atMs < override.effectiveToMs)
  );
}

/** A discount needs a list price; an absolute price needs to say for which unit it is. */
function covers(override: PriceOverride, unit: Unit, listed: ResolvedRate | undefined): boolean {
  if (override.unit !== null && override.unit !== unit) return false;
  if ("amount" in override.price) return override.unit === unit;
  if (listed === undefined) return false;
  return override.unit === unit || override.includesFees || isTokenUnit(unit);
}

function strongest(overrides: readonly PriceOverride[]): PriceOverride | undefined {
  const [first] = overrides.toSorted(
    (a, b) =>
      OVERRIDE_PRECEDENCE.indexOf(b.precedence) - OVERRIDE_PRECEDENCE.indexOf(a.precedence) ||
      specificity(b) - specificity(a) ||
      (b.effectiveFromMs ?? -Infinity) - (a.effectiveFromMs ?? -Infinity) ||
      0,
  );
  return first;
}

function specificity({ provider, model, unit, tier }: PriceOverride): number {
  return [provider, model, unit, tier].filter((field) => field !== null).length;
}

function overridden(
  unit: Unit,
  listed: ResolvedRate | undefined,
  { price, kind, source, effectiveFromMs }: PriceOverride,
): ResolvedRate {
  const effectiveFrom = effectiveFromMs === null ? null : new Date(effectiveFromMs).toISOString();
  const agreed = { kind, source, effectiveFrom };
  if ("amount" in price) {
    const { amount, per } = price;
    return { unit, amount, per, num: 1, den: 1, rules: [], ...agreed };
  }
  if (listed === undefined) throw new Error(`a discount on ${unit}, which has no list price`);
  const left = { num: BigInt(price.off.den - price.off.num), den: BigInt(price.off.den) };
  const before = { num: BigInt(listed.num), den: BigInt(listed.den) };
  const product = multiplyFractions(before, left);
  const rules = [...listed.rules, `${source.name}: ${price.off.num}/${price.off.den} off list`];
  return { ...listed, ...agreed, num: Number(product.num), den: Number(product.den), rules };
}
