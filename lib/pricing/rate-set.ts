import type { AgreedRate } from "./agreed-rates.ts";
import type { ChargedKind, ContextBand, PriceSource } from "./price-book.ts";
import type { Unit } from "./units.ts";

/** What paid for usage beforehand: a seat or subscription, credits, a commitment. */
export type Prepaid = "plan" | "credits" | "commitment";

/**
 * One unit's price within a rate set: `amount` USD for `per` units, times
 * num/den. Plain JSON, so that a rate set can be stored as it is.
 */
export type ResolvedRate = {
  readonly unit: Unit;
  readonly amount: string;
  readonly per: number;
  readonly num: number;
  readonly den: number;
  readonly kind: ChargedKind;
  readonly source: PriceSource;
  /** ISO 8601, or null when the source does not say since when. */
  readonly effectiveFrom: string | null;
  /** The prompt sizes that the price is for; absent where any. */
  readonly context?: ContextBand;
  /** The documented rules behind num/den and behind a price taken from another unit. */
  readonly rules: readonly string[];
};

/**
 * The rates that one call is priced with, independent of how much it used.
 * Immutable: the id is made from the content, so equal rates have equal ids
 * wherever and whenever they are resolved.
 */
export type RateSet = {
  /** A signed 64-bit integer in decimal. */
  readonly id: string;
  /** Canonical names; a model that is not in the book keeps the name it was reported by. */
  readonly provider: string;
  readonly model: string;
  readonly tier: string;
  readonly speed: string | null;
  readonly region: string | null;
  readonly inferenceGeo: string | null;
  /** Unpriced: nothing is known about the price of this model in this tier and place. */
  readonly status: "priced" | "unpriced";
  readonly rates: readonly ResolvedRate[];
  /** The list prices beneath agreed ones; absent where they are the rates themselves. */
  readonly listRates?: readonly ResolvedRate[];
  /** What paid for the usage beforehand, so that it costs nothing itself; absent where it is metered. */
  readonly funding?: Prepaid;
};

/** What decides a call's rates. Null and absent mean that the producer did not say. */
export type RateQuery = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly tier?: string | null;
  readonly speed?: string | null;
  readonly region?: string | null;
  readonly inferenceGeo?: string | null;
  /** What the producer says pays; a plan's word stands over what the team's cost model says. */
  readonly funding?: "api" | "plan";
  /** Size of the whole prompt: cached and written tokens count. */
  readonly contextTokens: number;
  /** When the request started, in milliseconds since 1970. */
  readonly atMs: number;
  /** Prices that were agreed for this very call. */
  readonly agreed?: readonly AgreedRate[];
};

/**
 * Names a rate set by what money depends on. Where and when a price was read is
 * not part of it: the same prices read again are the same rate set.
 */
export function identifyRateSet(
  content: Omit<RateSet, "id">,
  hash: (content: string) => string,
): RateSet {
  const { listRates: beneath, ...rest } = content;
  const rates = inOrder(content.rates);
  const listRates = inOrder(beneath ?? rates);
  const { provider, model, tier, speed, region, inferenceGeo, status } = content;
  const named = nameOf(rates);
  const namedList = nameOf(listRates);
  const parts = [provider, model, tier, speed, region, inferenceGeo, status, named];
  if (JSON.stringify(named) === JSON.stringify(namedList)) {
    return { ...rest, id: hash(JSON.stringify(parts)), rates };
  }
  return { ...rest, id: hash(JSON.stringify([...parts, namedList])), rates, listRates };
}

function inOrder(rates: readonly ResolvedRate[]): ResolvedRate[] {
  return rates.toSorted((a, b) => (a.unit < b.unit ? -1 : 1));
}

function nameOf(rates: readonly ResolvedRate[]) {
  return rates.map(({ unit, amount, per, num, den, kind, context }) => {
    const name = [unit, amount, per, num, den, kind];
    if (context === undefined) return name;
    const { min, minInclusive, max, maxInclusive } = context;
    return [...name, min, minInclusive, max, maxInclusive];
  });
}

const LISTS = new WeakMap<RateSet, RateSet>();

/**
 * The list prices of a rate set: itself, or what lies beneath agreed prices.
 * Good for computing list cost; its id is the charged one's, because the ledger
 * only ever refers to that.
 */
export function listRateSetOf(rateSet: RateSet): RateSet {
  const { listRates, ...rest } = rateSet;
  if (listRates === undefined) return rateSet;
  const known = LISTS.get(rateSet);
  if (known !== undefined) return known;
  const list: RateSet = {
    ...rest,
    status: listRates.length > 0 ? "priced" : "unpriced",
    rates: listRates,
  };
  LISTS.set(rateSet, list);
  return list;
}
