import { addUsd, lineCost, parseFraction, parseUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import type { RateSet, ResolvedRate } from "./rate-set.ts";
import { UNIT_SPELLINGS, type Unit } from "./units.ts";

/** A quantity: whole, or a decimal string where hours are billed by fractions. */
export type Quantity = number | string;

export type PriceLine = {
  /** A unit of ours, or the name it was reported by where we know no such unit. */
  readonly unit: string;
  readonly quantity: Quantity;
  /** Null when the rate set has no price for the unit. */
  readonly rate: ResolvedRate | null;
  readonly cost: Usd | null;
};

/**
 * - `priced`: every unit has a price. `free`: every price is published as free.
 * - `partial`: some units have none; `lowerBound` is what is known.
 * - `unpriced`: no unit that was used has a price.
 */
export type PricedUsage = {
  readonly status: "priced" | "partial" | "unpriced" | "free";
  /** Null unless all of it is known. */
  readonly cost: Usd | null;
  readonly lowerBound: Usd;
  readonly lines: readonly PriceLine[];
};

/**
 * Prices quantities. Only units that were used make a line, and only they can
 * leave a call unpriced; no usage costs nothing, whatever the price.
 *
 * @param units Further units by name, in any accepted spelling. An unknown name
 *   makes a line without a price.
 * @throws {RangeError} on quantities below zero, and on fractions of tokens.
 */
export function priceWithRateSet(
  rateSet: RateSet,
  tokens: Tokens,
  units: Readonly<Record<string, Quantity>> = {},
): PricedUsage {
  const rates = ratesByUnit(rateSet);
  const lines: PriceLine[] = [];
  for (const [unit, quantity] of quantities(tokens, units, rates.has("reasoning"))) {
    const rate = rates.get(unit as Unit);
    lines.push(
      rate === undefined
        ? { unit, quantity, rate: null, cost: null }
        : { unit, quantity, rate: rate.resolved, cost: costOf(quantity, rate) },
    );
  }
  return summarise(lines);
}

function* quantities(
  tokens: Tokens,
  units: Readonly<Record<string, Quantity>>,
  reasoningHasOwnPrice: boolean,
): Generator<[string, Quantity]> {
  for (const unit of TOKEN_CLASSES) {
    if (unit === "reasoning" && !reasoningHasOwnPrice) continue;
    const apart = unit === "output" && reasoningHasOwnPrice ? tokens.reasoning : 0;
    const quantity = tokens[unit] - apart;
    if (quantity !== 0) yield [unit, quantity];
  }
  for (const [name, quantity] of Object.entries(units)) {
    if (Number(quantity) !== 0) yield [UNIT_SPELLINGS.get(name) ?? name, quantity];
  }
}

type CompiledRate = {
  readonly resolved: ResolvedRate;
  readonly amount: Usd;
  readonly per: bigint;
  readonly multiplier: { readonly num: bigint; readonly den: bigint };
  /** Cost of one unit, where it is a whole number of 1e-18 USD. */
  readonly each: bigint | null;
};

const COMPILED = new WeakMap<RateSet, ReadonlyMap<Unit, CompiledRate>>();

function ratesByUnit(rateSet: RateSet): ReadonlyMap<Unit, CompiledRate> {
  const known = COMPILED.get(rateSet);
  if (known !== undefined) return known;
  const compiled = new Map(rateSet.rates.map((rate) => [rate.unit, compile(rate)] as const));
  COMPILED.set(rateSet, compiled);
  return compiled;
}

function compile(resolved: ResolvedRate): CompiledRate {
  const amount = parseUsd(resolved.amount);
  const per = BigInt(resolved.per);
  const multiplier = { num: BigInt(resolved.num), den: BigInt(resolved.den) };
  const divisor = per * multiplier.den;
  const product = amount * multiplier.num;
  return {
    resolved,
    amount,
    per,
    multiplier,
    each: product % divisor === 0n ? product / divisor : null,
  };
}

function costOf(quantity: Quantity, rate: CompiledRate): Usd {
  if (Number(quantity) < 0) throw new RangeError(`a quantity below zero: ${quantity}`);
  if (typeof quantity === "string") {
    return lineCost(parseFraction(quantity), rate.amount, rate.per, rate.multiplier);
  }
  if (!Number.isSafeInteger(quantity)) throw new RangeError(`not a whole quantity: ${quantity}`);
  const whole = BigInt(quantity);
  if (rate.each !== null) return (whole * rate.each) as Usd;
  return lineCost({ num: whole, den: 1n }, rate.amount, rate.per, rate.multiplier);
}

function summarise(lines: readonly PriceLine[]): PricedUsage {
  let lowerBound = ZERO_USD;
  let unknown = 0;
  let paid = 0;
  for (const { cost, rate } of lines) {
    if (cost === null) unknown += 1;
    else lowerBound = addUsd(lowerBound, cost);
    if (rate !== null && rate.kind !== "free") paid += 1;
  }
  if (unknown > 0) {
    const status = unknown === lines.length ? "unpriced" : "partial";
    return { status, cost: null, lowerBound, lines };
  }
  const status = lines.length > 0 && paid === 0 ? "free" : "priced";
  return { status, cost: lowerBound, lowerBound, lines };
}
