import { parseUsd } from "#lib/money/money.ts";
import type { Unit } from "#lib/pricing/units.ts";
import type { ListedPrice } from "./list-prices.ts";
import type { PriceCard } from "./price-cards.ts";

/** What a price list can be ordered by. */
export const CARD_ORDERS = [
  "model",
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "output",
] as const satisfies readonly ("model" | Unit)[];
export type CardOrder = (typeof CARD_ORDERS)[number];

/** Cards by name or by the price of a unit; what has no amount for it comes last either way. */
export function sortCards(
  cards: readonly PriceCard[],
  by: CardOrder,
  isDescending: boolean,
): PriceCard[] {
  const sign = isDescending ? -1 : 1;
  if (by === "model") {
    const name = ({ head }: PriceCard) => `${head.model ?? ""} ${head.provider ?? ""}`;
    return cards.toSorted((a, b) => sign * name(a).localeCompare(name(b), "en"));
  }
  const priced = cards.map((card) => ({ card, price: perUnit(card.byUnit.get(by)) }));
  return priced
    .toSorted((a, b) => {
      if (a.price === null || b.price === null) {
        return Number(a.price === null) - Number(b.price === null);
      }
      return a.price === b.price ? 0 : a.price < b.price ? -sign : sign;
    })
    .map(({ card }) => card);
}

/** An amount for one unit, in 1e-27 dollars; null for discounts and where there is none. */
function perUnit(row: ListedPrice | undefined): bigint | null {
  if (row === undefined || !("amount" in row.price)) return null;
  const { amount, per } = row.price;
  return (parseUsd(amount) * 1_000_000_000n) / BigInt(per);
}
