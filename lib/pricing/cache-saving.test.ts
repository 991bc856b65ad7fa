import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseUsd } from "#lib/money/money.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { cacheSaving } from "./cache-saving.ts";
import { loadPriceBook } from "./load-price-book.ts";
import { priceUsage } from "./price-usage.ts";
import { priceWithRateSet } from "./price-with-rate-set.ts";
import type { RateSet } from "./rate-set.ts";

const count = fc.integer({ min: 0, max: 50_000_000 });
const tokens = fc
  .tuple(count, count, count, count)
  .map(([input_uncached, cache_read, cache_write_5m, cache_write_1h]) => ({
    ...NO_TOKENS,
    ...{ input_uncached, cache_read, cache_write_5m, cache_write_1h },
  }));

/** Input $10, reads $1, writes $12.50 and $20 for a million. */
const OPUS: RateSet = {
  ...{ id: "1", provider: "anthropic", model: "m", tier: "standard", status: "priced" },
  ...{ speed: null, region: null, inferenceGeo: null },
  rates: [
    rate("input_uncached", "10"),
    rate("cache_read", "1"),
    rate("cache_write_5m", "12.5"),
    rate("cache_write_1h", "20"),
  ],
};

function rate(unit: RateSet["rates"][number]["unit"], amount: string): RateSet["rates"][number] {
  const source = { name: "test", url: "https://example.com", quote: null, checkedAt: "2026-11-01" };
  return {
    ...{ unit, amount, per: 1_000_000, num: 1, den: 1, kind: "list", effectiveFrom: null },
    ...{ source, rules: [] },
  } as RateSet["rates"][number];
}

describe("what caching saves", () => {
  test("is the reads at full price less their own, less the surcharge of the writes", () => {
    const used = {
      ...NO_TOKENS,
      ...{ cache_read: 1_000_000, cache_write_5m: 200_000, cache_write_1h: 100_000 },
    };
    assert.deepEqual(cacheSaving(OPUS, used), {
      saved: parseUsd("9"),
      surcharge: parseUsd("1.5"),
      net: parseUsd("7.5"),
    });
  });

  test("is a loss where the cache is written and not read", () => {
    const net = cacheSaving(OPUS, { ...NO_TOKENS, cache_write_1h: 1_000_000 })?.net;
    assert.equal(net, -parseUsd("10"));
  });

  test("is the difference to the same prompt without a cache, to the last digit", () => {
    const model = { provider: "anthropic", model: "claude-opus-5", atMs: Date.parse("2026-11-20") };
    const { rateSet } = priceUsage(loadPriceBook(), { ...model, tokens: NO_TOKENS });
    fc.assert(
      fc.property(tokens, fc.constantFrom(rateSet, OPUS), (used, rates) => {
        const { input_uncached, cache_read, cache_write_5m, cache_write_1h } = used;
        const all = input_uncached + cache_read + cache_write_5m + cache_write_1h;
        const without = priceWithRateSet(rates, { ...NO_TOKENS, input_uncached: all }).lowerBound;
        const spent = priceWithRateSet(rates, used).lowerBound;
        assert.equal(cacheSaving(rates, used)?.net ?? 0n, without - spent);
      }),
    );
  });

  test("is not known without every rate that it takes, and nothing where nothing was cached", () => {
    const rates = OPUS.rates.filter(({ unit }) => unit !== "input_uncached");
    assert.equal(cacheSaving({ ...OPUS, rates }, { ...NO_TOKENS, cache_read: 10 }), null);
    assert.equal(cacheSaving(OPUS, { ...NO_TOKENS, input_uncached: 10 }), null);
  });
});
