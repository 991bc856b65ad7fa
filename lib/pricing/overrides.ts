import { multiplyFractions } from "#lib/money/money.ts";
import { isInBand } from "./find-rate.ts";
import type { ChargedKind, ContextBand, PriceSource, TimeWindow } from "./price-book.ts";
import { identifyRateSet, type RateSet, type ResolvedRate } from "./rate-set.ts";
import { isWithinWindow } from "./time-window.ts";
import { isTokenUnit, UNIT_NAMES, type Unit } from "./units.ts";

/** What an organisation agreed or set itself, weakest first. */
export const OVERRIDE_PRECEDENCE = ["org_price", "org_contract", "team_contract", "call"] as const;
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
  /** Of team contracts: 0 is the call's own team, 1 the one above. The nearest wins, whatever else it says. */
  readonly teamsAbove?: number;
  /** Canonical provider and model; null for all. */
  readonly provider: string | null;
  readonly model: string | null;
  readonly unit: Unit | null;
  /** Null: any tier for a discount, the standard tier for an absolute price. */
  readonly tier: string | null;
  /** Null or absent: any speed for a discount, normal speed for an absolute price. */
  readonly speed?: string | null;
  /** Null or absent: anywhere, any prompt size, any time of day. */
  readonly region?: string | null;
  readonly context?: ContextBand | null;
  readonly window?: TimeWindow | null;
  readonly effectiveFromMs: number | null;
  readonly effectiveToMs: number | null;
  readonly price: OverridePrice;
  /** Whether an override without a unit also covers tool and session fees. */
  readonly includesFees: boolean;
  readonly kind: ChargedKind;
  readonly source: PriceSource;
};

export type OverridePrice =
  | { readonly amount: string; readonly per: number }
  | { readonly off: { readonly num: number; readonly den: number } };

/**
 * The rate set that is charged: a price stated with the call over team contract
 * (nearest team first) over org contract over org price over list, for each
 * unit by itself.
 *
 * Where nothing is published, the organisation's own prices stand for the list.
 *
 * @returns The list rate set itself when nothing applies.
 */
export function applyOverrides(
  list: RateSet,
  overrides: readonly PriceOverride[],
  at: Moment,
  hash: (content: string) => string,
): RateSet {
  const inForce = overrides.filter((override) => isInForce(override, list, at));
  if (inForce.length === 0) return list;
  const rates = overlaid(list, inForce);
  const own = inForce.filter(({ precedence }) => precedence === "org_price");
  const listRates = list.status === "priced" ? list.rates : overlaid(list, own);
  const priced = list.status === "priced" || rates.some(({ unit }) => isTokenUnit(unit));
  const status = priced ? "priced" : "unpriced";
  return identifyRateSet({ ...list, status, rates, listRates }, hash);
}

/** What of a call decides which overrides are in force, besides what its rate set names. */
type Moment = { readonly atMs: number; readonly contextTokens: number };

function overlaid(list: RateSet, inForce: readonly PriceOverride[]): ResolvedRate[] {
  const byUnit = new Map(list.rates.map((rate) => [rate.unit, rate]));
  return UNIT_NAMES.flatMap((unit) => {
    const listed = byUnit.get(unit);
    const override = strongest(inForce.filter((candidate) => covers(candidate, unit, listed)));
    if (override === undefined) return listed === undefined ? [] : [listed];
    return [overridden(unit, listed, override)];
  });
}

function isInForce(override: PriceOverride, list: RateSet, at: Moment): boolean {
  if (override.precedence === "call") return true;
  const isAmount = "amount" in override.price;
  const tier = override.tier ?? (isAmount ? "standard" : list.tier);
  const speed = override.speed ?? (isAmount ? null : list.speed);
  const { atMs, contextTokens } = at;
  return (
    (override.provider === null || override.provider === list.provider) &&
    (override.model === null || override.model.toLowerCase() === list.model.toLowerCase()) &&
    tier === list.tier &&
    speed === list.speed &&
    (override.region ?? list.region) === list.region &&
    isInBand(override.context ?? null, contextTokens) &&
    (override.effectiveFromMs === null || override.effectiveFromMs <= atMs) &&
    (override.effectiveToMs === null || atMs < override.effectiveToMs) &&
    (override.window == null || isWithinWindow(override.window, atMs))
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
      (a.teamsAbove ?? 0) - (b.teamsAbove ?? 0) ||
      specificity(b) - specificity(a) ||
      (b.effectiveFromMs ?? -Infinity) - (a.effectiveFromMs ?? -Infinity) ||
      0,
  );
  return first;
}

function specificity(override: PriceOverride): number {
  const { provider, model, unit, tier, speed, region, context, window } = override;
  const fields = [provider, model, unit, tier, speed, region, context, window];
  return fields.filter((field) => field != null).length;
}

function overridden(
  unit: Unit,
  listed: ResolvedRate | undefined,
  { price, kind, source, effectiveFromMs, context }: PriceOverride,
): ResolvedRate {
  const effectiveFrom = effectiveFromMs === null ? null : new Date(effectiveFromMs).toISOString();
  const agreed = { kind, source, effectiveFrom, ...(context == null ? {} : { context }) };
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
