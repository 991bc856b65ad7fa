import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { comparePrices } from "./compare-prices.ts";
import { filterPrices, type ListedPrice, listPrices } from "./list-prices.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const book = listPrices(loadPriceBook(), [], { at: NOW, believedAt: null, today: NOW });
const pricesOf = (provider: string, model: string) =>
  filterPrices(book, { providers: [provider], models: [model] });
const amountOf = (row: ListedPrice | null) =>
  row !== null && "amount" in row.price ? row.price.amount : null;

/** Unit, prompt sizes, hours, both amounts and the difference in tenths of a percent. */
function compared(first: readonly [string, string], second: readonly [string, string]) {
  return comparePrices(pricesOf(...first), pricesOf(...second)).map((row) => [
    row.head.unit,
    row.head.context,
    row.head.window?.from ?? null,
    amountOf(row.first),
    amountOf(row.second),
    row.permille,
  ]);
}

test("one price for all prompt sizes stands beside each size that the other tells apart", () => {
  const rows = compared(["openai", "gpt-5.6-sol"], ["anthropic", "claude-opus-5-5"]);
  assert.deepEqual(rows.slice(0, 2), [
    ["input_uncached", { upTo: 272_000 }, null, "4", "4", 0],
    ["input_uncached", { over: 272_000 }, null, "8", "4", -500],
  ]);
});

test("one price for all hours stands beside the hours that the other tells apart", () => {
  const rows = compared(["deepseek", "deepseek-v4-pro"], ["openai", "gpt-5-nano"]);
  const inputs = rows.filter(([unit]) => unit === "input_uncached");
  assert.deepEqual(
    inputs.slice(0, 3).map(([, , from, a, b]) => [from, a, b]),
    [
      [null, "0.66", "0.05"],
      ["09:00", "1.32", "0.05"],
      ["14:00", "1.32", "0.05"],
    ],
  );
});

test("bands of both are cut where either begins, and what one alone has comes last", () => {
  const rows = compared(["gcp.gemini", "gemini-2.5-pro"], ["openai", "gpt-5.6-sol"]);
  assert.deepEqual(
    rows
      .filter(([unit]) => unit === "output")
      .map(([, sizes, , a, b]) => [sizes, a, b])
      .slice(0, 3),
    [
      [{ upTo: 200_000 }, "10", "20"],
      [{ over: 200_000, upTo: 272_000 }, "15", "20"],
      [{ over: 272_000 }, "15", "30"],
    ],
  );
  const alone = rows.map(([, , , a, b]) => a === null || b === null);
  assert.deepEqual(alone, alone.toSorted());
});

test("a price of one's own that names no tier stands beside the standard one", () => {
  const [given] = pricesOf("anthropic", "claude-opus-5-5");
  assert.ok(given);
  const own: ListedPrice = {
    ...given,
    ...{ origin: "own", unit: "input_uncached", tier: null, speed: null, region: null },
    ...{ context: null, window: null, price: { amount: "2", per: 1_000_000 } },
  };
  const [first] = comparePrices([own], pricesOf("openai", "gpt-5.5"));
  assert.deepEqual([amountOf(first?.first ?? null), amountOf(first?.second ?? null)], ["2", "5"]);
});
