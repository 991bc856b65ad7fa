import { parseUsd } from "#lib/money/money.ts";
import { UNIT_NAMES, type Unit } from "#lib/pricing/units.ts";
import type { ListedPrice } from "./list-prices.ts";

/** What two models charge for the same unit under the same conditions. */
export type ComparedPrice = {
  /** Of one of the two, for the unit and the conditions under which they are compared. */
  readonly head: ListedPrice;
  readonly first: ListedPrice | null;
  readonly second: ListedPrice | null;
  /** By how much the second differs from the first, in tenths of a percent; null when that cannot be said. */
  readonly permille: number | null;
};

/**
 * Puts the prices in force of two models side by side, by unit and conditions.
 * What one charges at any prompt size or hour stands beside each size and hour
 * that the other has a price of its own for. What both have comes first.
 */
export function comparePrices(
  first: readonly ListedPrice[],
  second: readonly ListedPrice[],
): ComparedPrice[] {
  const [a, b] = [inForceByKind(first), inForceByKind(second)];
  const kinds = [...new Set([...a.keys(), ...b.keys()])];
  return kinds
    .flatMap((kind) => pairsOf(a.get(kind) ?? [], b.get(kind) ?? []))
    .map(({ head, first: one, second: other }) => {
      return { head, first: one, second: other, permille: difference(one, other) };
    })
    .sort((x, y) => placeOf(x) - placeOf(y));
}

type Pair = Omit<ComparedPrice, "permille">;
/** Prompt sizes, to exclusive. */
type Sizes = { readonly from: number; readonly to: number };

function inForceByKind(rows: readonly ListedPrice[]): ReadonlyMap<string, ListedPrice[]> {
  const inForce = rows.filter(({ state }) => state === "in_force");
  return Map.groupBy(inForce, kindOf);
}

/**
 * What has to be the same for both, apart from the prompt's size and the hour.
 * An amount of one's own without a tier is for the standard one.
 */
function kindOf({ unit, tier, speed, region, team, price }: ListedPrice): string {
  const served = tier ?? ("amount" in price ? "standard" : null);
  return JSON.stringify([unit, served, speed, region, team]);
}

function pairsOf(first: readonly ListedPrice[], second: readonly ListedPrice[]): Pair[] {
  const rows = [...first, ...second];
  const windows = new Map(rows.map(({ window }) => [JSON.stringify(window), window]));
  return [...windows.values()].flatMap((window) => {
    const found: (Sizes & Pair)[] = [];
    for (const sizes of sizesOf(rows)) {
      const one = chargedAt(first, window, sizes);
      const other = chargedAt(second, window, sizes);
      const own = [one, other].find((row) => row !== null && isOfWindow(row, window)) ?? null;
      if (own === null) continue;
      const last = found.at(-1);
      const isSame = last?.first === one && last.second === other && last.to === sizes.from;
      if (isSame) found.pop();
      const joined = { from: isSame ? last.from : sizes.from, to: sizes.to };
      const head = { ...own, context: contextOf(joined, rows) };
      found.push({ ...joined, head, first: one, second: other });
    }
    return found;
  });
}

/** The sizes between any two bounds that a price has. */
function sizesOf(rows: readonly ListedPrice[]): Sizes[] {
  const bounds = rows.map(boundsOf).flatMap(({ from, to }) => [from, to]);
  const edges = [...new Set([0, ...bounds, Infinity])].sort((x, y) => x - y);
  return edges.slice(1).map((to, i) => ({ from: edges[i] ?? 0, to }));
}

function boundsOf({ context }: ListedPrice): Sizes {
  const { from, over, upTo, below } = context ?? {};
  return {
    from: from ?? (over === undefined ? 0 : over + 1),
    to: below ?? (upTo === undefined ? Infinity : upTo + 1),
  };
}

function contextOf({ from, to }: Sizes, rows: readonly ListedPrice[]): ListedPrice["context"] {
  const said = rows.find((row) => boundsOf(row).from === from && boundsOf(row).to === to);
  if (said !== undefined) return said.context;
  return {
    ...(from === 0 ? {} : { over: from - 1 }),
    ...(to === Infinity ? {} : { upTo: to - 1 }),
  };
}

/** A price of the very hours before one of all hours. */
function chargedAt(
  rows: readonly ListedPrice[],
  window: ListedPrice["window"],
  sizes: Sizes,
): ListedPrice | null {
  const covering = rows.filter((row) => {
    const { from, to } = boundsOf(row);
    return from <= sizes.from && to >= sizes.to;
  });
  const ofHours = (hours: ListedPrice["window"]) =>
    covering.find((row) => isOfWindow(row, hours) && row.context !== null) ??
    covering.find((row) => isOfWindow(row, hours));
  return ofHours(window) ?? ofHours(null) ?? null;
}

function isOfWindow(row: ListedPrice, window: ListedPrice["window"]): boolean {
  return JSON.stringify(row.window) === JSON.stringify(window);
}

function placeOf({ head, first, second }: ComparedPrice): number {
  const place = UNIT_NAMES.indexOf(head.unit as Unit);
  const isOther = head.tier !== "standard" && head.tier !== null;
  const isAlone = first === null || second === null;
  return place + UNIT_NAMES.length * (Number(isOther) + 2 * Number(isAlone));
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
