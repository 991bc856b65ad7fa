import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { listPrices } from "./list-prices.ts";
import { priceCards } from "./price-cards.ts";
import { CARD_ORDERS, sortCards } from "./sort-cards.ts";

const now = new Date("2026-11-22T00:00:00Z");
const cards = priceCards(
  listPrices(loadPriceBook(), [], { at: now, believedAt: null, today: now }),
);
const outputOf = (of: typeof cards) =>
  of.map(({ byUnit }) => {
    const price = byUnit.get("output")?.price;
    return price !== undefined && "amount" in price ? Number(price.amount) / price.per : null;
  });

test("orders cards by the exact price, what has none last either way", () => {
  for (const isDescending of [false, true]) {
    const prices = outputOf(sortCards(cards, "output", isDescending));
    const known = prices.filter((price) => price !== null);
    assert.ok(known.length > 100 && known.length < prices.length);
    assert.deepEqual(
      known,
      known.toSorted((a, b) => (isDescending ? b - a : a - b)),
    );
    assert.ok(prices.slice(known.length).every((price) => price === null));
  }
});

test("loses and adds no card in any order", () => {
  for (const order of CARD_ORDERS) {
    assert.deepEqual(new Set(sortCards(cards, order, true)), new Set(cards), order);
  }
  const [first] = sortCards(cards, "model", false);
  const [last] = sortCards(cards, "model", true);
  assert.notEqual(first?.head.model, last?.head.model);
});
