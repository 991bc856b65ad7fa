import { parseUsd } from "#lib/money/money.ts";
import { UNIT_NAMES, type Unit } from "#lib/pricing/units.ts";
import type { ListedPrice } from "./list-prices.ts";

/** What two models charge for the same unit under the same conditions. */
export type ComparedPrice = {
  /** Of one of the two, for the unit and the conditions. */
  readonly head: ListedPrice;
  readonly first: ListedPrice | null;
  readonly second: ListedPrice | null;
  /** By how much the second differs from the first, in tenths of a percent; null when that cannot be said. */
  readonly permille: number | null;
};

/** Puts the prices in force of two models side by side, by unit and conditions. */
export function comparePrices(
  first: readonly ListedPrice[],
  second: readonly ListedPrice[],
): ComparedPrice[] {
  const [a, b] = [byConditions(first), byConditions(second)];
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return keys
    .flatMap((key) => {
      const [one, other] = [a.get(key) ?? null, b.get(key) ?? null];
      const head = one ?? other;
      if (head === null) return [];
      return [{ head, first: one, second: other, permille: difference(one, other) }];
    })
    .sort((x, y) => placeOf(x.head) - placeOf(y.head));
}

function byConditions(rows: readonly ListedPrice[]): Map<string, ListedPrice> {
  return new Map(
    rows
      .filter(({ state }) => state === "in_force")
      .map((row) => {
        const { unit, tier, speed, region, context, window, team } = row;
        return [JSON.stringify([unit, tier, speed, region, context, window, team]), row];
      }),
  );
}

function placeOf({ unit, tier }: ListedPrice): number {
  const place = UNIT_NAMES.indexOf(unit as Unit);
  return place + (tier === "standard" || tier === null ? 0 : UNIT_NAMES.length);
}

function difference(first: ListedPrice | null, second: ListedPrice | null): number | null {
  const [a, b] = [first, second].map(perUnit);
  if (a == null || b == null || a === 0n) return null;
  return Number(((b - a) * 1_000n) / a);
}

/** 10⁻¹⁸ USD for a million units; null for a discount. */
function perUnit(row: ListedPrice | null): bigint | null {
  if (row === null || !("amount" in row.price)) return null;
  return (parseUsd(row.price.amount) * 1_000_000n) / BigInt(row.price.per);
}
