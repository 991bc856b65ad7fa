import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { toDecimal } from "#lib/money/money.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { loadPriceBook } from "./load-price-book.ts";
import type { PriceOverride } from "./overrides.ts";
import { priceUsage, type UsageToPrice } from "./price-usage.ts";
import { createRateSetResolver } from "./rate-set-resolver.ts";

const book = loadPriceBook();
const JULY = Date.parse("2026-07-01T00:00:00Z");
const source = {
  name: "Contract 7",
  url: "https://example.com/7",
  checkedAt: "2026-07-01",
  quote: null,
};
const agreed: PriceOverride = {
  precedence: "org_contract",
  provider: "anthropic",
  model: null,
  unit: null,
  tier: null,
  effectiveFromMs: JULY,
  effectiveToMs: null,
  price: { off: { num: 10, den: 100 } },
  includesFees: false,
  kind: "contract",
  source,
};
const call: UsageToPrice = {
  provider: "anthropic",
  model: "claude-opus-5",
  atMs: Date.parse("2026-09-20T12:00:00Z"),
  tokens: { ...NO_TOKENS, output: 1_000_000 },
  units: { web_search: 1_000 },
};

function usd(
  overrides: readonly PriceOverride[],
  change: Partial<UsageToPrice> = {},
): string | null {
  const priced = priceUsage(book, { ...call, ...change }, overrides);
  return priced.usd === null ? null : toDecimal(priced.usd);
}

describe("priceUsage with own prices", () => {
  test("takes a discount from tokens, and from fees only where agreed", () => {
    assert.equal(usd([]), "35");
    assert.equal(usd([agreed]), "32.5");
    assert.equal(usd([{ ...agreed, includesFees: true }]), "31.5");
  });

  test("keeps the list price beside what is charged", () => {
    const priced = priceUsage(book, call, [agreed]);
    assert.equal(priced.listUsd === null ? null : toDecimal(priced.listUsd), "35");
    assert.notEqual(priced.rateSet.id, priced.listRateSet.id);
    assert.deepEqual([priced.lines[0]?.rate?.num, priced.lines[0]?.rate?.den], [9, 10]);
  });

  test("prefers team contract over org contract over org price over list", () => {
    const price = (precedence: PriceOverride["precedence"], amount: string): PriceOverride => ({
      ...agreed,
      precedence,
      model: "claude-opus-5",
      unit: "output",
      price: { amount, per: 1_000_000 },
    });
    const [own, org, team] = [
      price("org_price", "3"),
      price("org_contract", "2"),
      price("team_contract", "1"),
    ];
    assert.equal(usd([own, org, team]), "11");
    assert.equal(usd([own, org]), "12");
    assert.equal(usd([own]), "13");
  });

  test("holds from its first instant and for its tier", () => {
    assert.equal(usd([agreed], { atMs: JULY - 1 }), "35");
    assert.equal(usd([agreed], { atMs: JULY }), "32.5");
    const absolute = { ...agreed, unit: "output", price: { amount: "1", per: 1_000_000 } } as const;
    assert.equal(usd([absolute], { tier: "batch" }), "22.5");
  });

  test("prices a model that no list has", () => {
    const own: PriceOverride = {
      ...agreed,
      precedence: "org_price",
      model: "our-own-model",
      unit: "output",
      price: { amount: "0.5", per: 1_000_000 },
    };
    assert.equal(usd([own], { model: "our-own-model", units: {} }), "0.5");
  });

  test("a price equal to list costs what list costs", () => {
    const amount = fc.integer({ min: 0, max: 1_000_000_000 });
    const same: PriceOverride[] = [
      { ...agreed, unit: "output", price: { amount: "25", per: 1_000_000 } },
      { ...agreed, unit: "input_uncached", price: { amount: "5", per: 1_000_000 } },
      { ...agreed, unit: "cache_read", price: { off: { num: 0, den: 1 } } },
    ];
    fc.assert(
      fc.property(amount, amount, amount, (output, input, read) => {
        const tokens = { ...NO_TOKENS, output, input_uncached: input, cache_read: read };
        const { usd: charged, listUsd } = priceUsage(book, { ...call, tokens }, same);
        return charged !== null && charged === listUsd;
      }),
    );
  });

  test("the caching resolver sees a contract begin", () => {
    const resolve = createRateSetResolver(book, [agreed]);
    const at = (atMs: number) =>
      resolve({ provider: "anthropic", model: "claude-opus-5", contextTokens: 0, atMs }).id;
    assert.notEqual(at(JULY - 1), at(JULY));
    assert.equal(at(JULY), at(JULY + 1));
  });
});

describe("priceUsage of included calls", () => {
  test("a plan's call costs nothing more and shows what it would have cost", () => {
    const priced = priceUsage(book, { ...call, funding: "plan" });
    assert.equal(priced.status, "included");
    assert.equal(priced.usd, 0n);
    assert.equal(priced.listUsd === null ? null : toDecimal(priced.listUsd), "35");
  });

  test("also when nobody knows what", () => {
    const priced = priceUsage(book, { ...call, model: "unheard-of", funding: "plan" });
    assert.deepEqual([priced.status, priced.usd, priced.listUsd], ["included", 0n, null]);
  });
});
