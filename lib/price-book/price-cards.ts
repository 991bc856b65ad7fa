import type { Unit } from "#lib/pricing/units.ts";
import type { ListedPrice } from "./list-prices.ts";

/** The rates of one model that hold under the same conditions: what a price list prints as one line. */
export type PriceCard = {
  /** Any of its rates, for what they have in common. */
  readonly head: ListedPrice;
  readonly byUnit: ReadonlyMap<Unit | null, ListedPrice>;
};

/** Groups rates into cards, in the order in which they come. */
export function priceCards(rows: readonly ListedPrice[]): PriceCard[] {
  return [...Map.groupBy(rows, conditionsOf).values()].flatMap((rates) => {
    const [head] = rates;
    if (head === undefined) return [];
    return [{ head, byUnit: new Map(rates.map((rate) => [rate.unit as Unit | null, rate])) }];
  });
}

function conditionsOf(row: ListedPrice): string {
  const { provider, model, team, kind, tier, speed, region, context, window } = row;
  const { effectiveFrom, effectiveTo, recordedAt, supersededAt, state } = row;
  const { name, url, checkedAt } = row.source;
  return JSON.stringify([
    ...[provider, model, team, kind, tier, speed, region, context, window],
    ...[effectiveFrom, effectiveTo, recordedAt, supersededAt, state, name, url, checkedAt],
  ]);
}
