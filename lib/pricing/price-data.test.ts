import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { convertProvider } from "./import-catalogue.ts";
import { amountOf, suspiciousChanges } from "./import-guards.ts";
import { loadPriceBook } from "./load-price-book.ts";
import type { PriceFile } from "./price-file.ts";

const model = (id: string, prices: object) => ({
  id,
  match: { equals: id },
  prices: prices as never,
});
const convert = (id: string, prices: object) =>
  convertProvider("openai", { id: "openai", models: [model(id, prices)] });

describe("importing the catalogue", () => {
  test("an empty price is unknown, not free", () => {
    assert.deepEqual(convert("a", {}), { models: {}, withoutPrice: ["a"], refused: [] });
  });

  test("a zero, a tiny output price, a dear cache read and float noise are refused", () => {
    assert.equal(convert("a", { input_mtok: 0, output_mtok: 0 }).withoutPrice[0], "a");
    assert.equal(convert("a", { input_mtok: 10, output_mtok: 0.9 }).withoutPrice[0], "a");
    const dear = convert("a", { input_mtok: 1, output_mtok: 2, cache_read_mtok: 3 });
    assert.deepEqual(dear.models.a?.cards, [{ usd: { input_uncached: "1", output: "2" } }]);
    const refused: string[] = [];
    assert.equal(amountOf(0.1 + 0.2, "x", refused), null);
    assert.equal(amountOf(0.003625, "x", refused), "0.003625");
    assert.equal(refused.length, 1);
  });

  test("a time of day without a first day is refused, so that it cannot leak into the past", () => {
    const daily = [
      { prices: { input_mtok: 1 } },
      { constraint: { type: "time_of_date" }, prices: { input_mtok: 2 } },
    ];
    assert.deepEqual(convert("a", daily).models, {});
  });

  test("both spellings of OpenAI's threshold are one, and xAI's is inclusive", () => {
    const tiered = (start: number) => ({ input_mtok: { base: 1, tiers: [{ start, price: 2 }] } });
    const context = (start: number) => convert("a", tiered(start)).models.a?.cards[1]?.context;
    assert.deepEqual(context(271_999), { over: 272_000 });
    assert.deepEqual(context(272_000), { over: 272_000 });
    assert.deepEqual(context(199_999), { from: 200_000 });
  });

  test("a prefix in the catalogue becomes one exact name", () => {
    const models = [{ id: "m-1", match: { starts_with: "m-1" }, prices: { input_mtok: 1 } }];
    const converted = convertProvider("openai", { id: "openai", models: models as never });
    assert.deepEqual(Object.keys(converted.models), ["m-1"]);
    assert.equal(converted.models["m-1"]?.also, undefined);
  });

  test("a jump of more than ten times, and a change dated far back, need a look", () => {
    const file = (cards: PriceFile["providers"][string]["models"][string]["cards"]): PriceFile => ({
      rank: "catalogue",
      sources: {},
      providers: { openai: { models: { a: { cards } } } },
    });
    const before = file([{ usd: { output: "1" } }]);
    const suspicious = (after: PriceFile) => suspiciousChanges(before, after, "2026-11-22").length;
    assert.equal(suspicious(file([{ usd: { output: "10" } }])), 0);
    assert.equal(suspicious(file([{ usd: { output: "10.1" } }])), 1);
    assert.equal(suspicious(file([{ from: "2026-08-01", usd: { output: "1" } }])), 1);
    assert.equal(suspicious(file([{ from: "2026-11-01", usd: { output: "1" } }])), 0);
  });
});

describe("the book that ships", () => {
  const book = loadPriceBook();

  test("has prices for every model it names", () => {
    for (const [provider, { models }] of book.providers) {
      for (const [name, { rates }] of models) {
        assert.ok(
          [...rates.values()].some((list) => list.length > 0),
          `${provider} ${name}`,
        );
      }
    }
  });

  test("is free only where a source says so", () => {
    for (const { models, fees } of book.providers.values()) {
      const lists = [...models.values()].flatMap(({ rates }) => [...rates.values()]);
      for (const rate of [...lists, ...fees.values()].flat()) {
        assert.equal(Number(rate.amount) === 0, rate.kind === "free");
      }
    }
  });

  test("inherits only from providers that it has", () => {
    for (const { inherits } of book.providers.values()) {
      for (const { provider } of inherits) assert.ok(book.providers.has(provider), provider);
    }
  });
});
