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

/** What one line adds to each effect. */
export type LineBridge = CostBridge & {
  readonly key: string;
  readonly before: Usd;
  readonly after: Usd;
};

/**
 * Splits the change of cost between two periods into volume, tokens for each
 * call, mix and price, in that order (a chain of one change at a time, as in
 * variance analysis). What is new has no earlier price: it is valued at its
 * own, so all of it is mix. A period that follows on nothing is all volume.
 */
export function bridgeCost(before: UsagePeriod, after: UsagePeriod): CostBridge {
  return addBridges(bridgeLines(before, after));
}

/** The same for each line of either period: the effects of a line add up to its change exactly, so those of all lines do. */
export function bridgeLines(before: UsagePeriod, after: UsagePeriod): LineBridge[] {
  const earlier = byKey(before.lines);
  const later = byKey(after.lines);
  const growth = new Map(
    [...earlier.values(), ...later.values()].map(({ unit }) => [
      unit,
      growthOf(unit, before, after),
    ]),
  );
  return [...new Set([...earlier.keys(), ...later.keys()])].map((id) => {
    const old = earlier.get(id);
    const now = later.get(id);
    const line = now ?? old;
    if (line === undefined) throw new Error("a key without its line");
    const costBefore = old?.cost ?? ZERO_USD;
    const costAfter = now?.cost ?? ZERO_USD;
    const change = subtractUsd(costAfter, costBefore);
    const whole = { key: line.key, before: costBefore, after: costAfter, change };
    const factor = growth.get(line.unit);
    if (before.calls <= 0n || factor === undefined) {
      return { ...whole, volume: change, intensity: ZERO_USD, mix: ZERO_USD, price: ZERO_USD };
    }
    const volume = multiplyFraction(costBefore, after.calls - before.calls, before.calls);
    const atOldMix = multiplyFraction(costBefore, factor.num, factor.den);
    const atOldPrice = costAtOldPrice(now, old);
    return {
      ...whole,
      volume,
      intensity: subtractUsd(subtractUsd(atOldMix, costBefore), volume),
      mix: subtractUsd(atOldPrice, atOldMix),
      price: subtractUsd(costAfter, atOldPrice),
    };
  });
}

/** The sum of bridges, effect by effect. */
export function addBridges(bridges: readonly CostBridge[]): CostBridge {
  return {
    change: sumUsd(bridges.map(({ change }) => change)),
    volume: sumUsd(bridges.map(({ volume }) => volume)),
    intensity: sumUsd(bridges.map(({ intensity }) => intensity)),
    mix: sumUsd(bridges.map(({ mix }) => mix)),
    price: sumUsd(bridges.map(({ price }) => price)),
  };
}

/** How much of a unit there is now for each one before. Costs without a quantity (a flat fee) go with the calls. */
function growthOf(unit: string, before: UsagePeriod, after: UsagePeriod) {
  const earlier = quantityOf(before.lines, unit);
  if (earlier <= 0n) return { num: after.calls, den: before.calls };
  return { num: quantityOf(after.lines, unit), den: earlier };
}

function costAtOldPrice(now: UsageLine | undefined, old: UsageLine | undefined): Usd {
  if (now === undefined) return ZERO_USD;
  if (old === undefined || old.quantity <= 0n) return now.cost;
  return multiplyFraction(old.cost, now.quantity, old.quantity);
}

function quantityOf(lines: readonly UsageLine[], unit: string): bigint {
  return lines.reduce((total, line) => (line.unit === unit ? total + line.quantity : total), 0n);
}

/** One line for each key and unit. */
function byKey(lines: readonly UsageLine[]): ReadonlyMap<string, UsageLine> {
  const sums = new Map<string, UsageLine>();
  for (const line of lines) {
    const id = JSON.stringify([line.unit, line.key]);
    const sum = sums.get(id);
    sums.set(
      id,
      sum === undefined
        ? line
        : {
            ...line,
            quantity: sum.quantity + line.quantity,
            cost: (sum.cost + line.cost) as Usd,
          },
    );
  }
  return sums;
}
