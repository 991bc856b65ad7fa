import { multiplyFraction, subtractUsd, sumUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";

/**
 * What was used of one thing at one price in a period: a model's token class,
 * for example. Lines of the two periods are matched by `key`.
 */
export type UsageLine = {
  readonly key: string;
  /** What `quantity` counts: tokens, requests. Only like units are compared. */
  readonly unit: string;
  readonly quantity: bigint;
  readonly cost: Usd;
};

/** A period's calls, and its lines; unpriced usage is left out by the caller. */
export type UsagePeriod = { readonly calls: bigint; readonly lines: readonly UsageLine[] };

/** Why cost changed. The four effects add up to the change exactly. */
export type CostBridge = {
  readonly change: Usd;
  /** More or fewer calls, at the earlier quantity for each call, mix and prices. */
  readonly volume: Usd;
  /** More or fewer tokens for each call, at the earlier mix and prices. */
  readonly intensity: Usd;
  /** Other models and token classes, cache hits among them, at the earlier prices. */
  readonly mix: Usd;
  /** Other prices, at the new quantities. */
  readonly price: Usd;
};

/**
 * Splits the change of cost between two periods into volume, tokens for each
 * call, mix and price, in that order (a chain of one change at a time, as in
 * variance analysis). What is new has no earlier price: it is valued at its
 * own, so all of it is mix. A period that follows on nothing is all volume.
 */
export function bridgeCost(before: UsagePeriod, after: UsagePeriod): CostBridge {
  const change = subtractUsd(costOf(after.lines), costOf(before.lines));
  if (before.calls <= 0n) {
    return { change, volume: change, intensity: ZERO_USD, mix: ZERO_USD, price: ZERO_USD };
  }
  const earlier = costOf(before.lines);
  const volume = multiplyFraction(earlier, after.calls - before.calls, before.calls);
  const atOldMix = sumUsd(unitsOf(before.lines).map((unit) => scaledCost(unit, before, after)));
  const atOldPrices = sumUsd(after.lines.map((line) => costAtOldPrice(line, before.lines)));
  return {
    change,
    volume,
    intensity: (atOldMix - earlier - volume) as Usd,
    mix: subtractUsd(atOldPrices, atOldMix),
    price: subtractUsd(costOf(after.lines), atOldPrices),
  };
}

/** The earlier cost of one unit, grown as the unit's quantity grew. */
function scaledCost(unit: string, before: UsagePeriod, after: UsagePeriod): Usd {
  const earlier = before.lines.filter((line) => line.unit === unit);
  const quantity = quantityOf(earlier);
  // Costs without a quantity (a flat fee) go with the calls.
  if (quantity <= 0n) return multiplyFraction(costOf(earlier), after.calls, before.calls);
  const later = quantityOf(after.lines.filter((line) => line.unit === unit));
  return multiplyFraction(costOf(earlier), later, quantity);
}

function costAtOldPrice(line: UsageLine, before: readonly UsageLine[]): Usd {
  const same = before.filter((other) => other.key === line.key && other.unit === line.unit);
  const quantity = quantityOf(same);
  if (quantity <= 0n) return line.cost;
  return multiplyFraction(costOf(same), line.quantity, quantity);
}

function unitsOf(lines: readonly UsageLine[]): string[] {
  return [...new Set(lines.map(({ unit }) => unit))];
}

function quantityOf(lines: readonly UsageLine[]): bigint {
  return lines.reduce((total, { quantity }) => total + quantity, 0n);
}

function costOf(lines: readonly UsageLine[]): Usd {
  return sumUsd(lines.map(({ cost }) => cost));
}
