import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { PriceChange } from "#lib/pricing/compare-price-files.ts";
import { OVERLAYS } from "#lib/pricing/load-price-book.ts";
import { statedPrices, verdictOf } from "./price-agreement.ts";
import { own } from "./testing/own-rate.ts";

const change = (more: Partial<PriceChange> = {}): PriceChange => ({
  provider: "openai",
  model: "gpt-5.5",
  unit: "output",
  conditions: "{}",
  before: "30",
  after: "7",
  ...more,
});

describe("the two-source rule", () => {
  const second = statedPrices(OVERLAYS, [
    // Another block, the same price.
    own({ price: { amount: "0.000007", per: 1 } }),
    own({ unit: "input_uncached", usd: "1.5" }),
    own({ context: { over: 272_000 }, usd: "11" }),
  ]);
  const rows: readonly (readonly [string, Partial<PriceChange>, string])[] = [
    ["exactly the same decimals agree", {}, "agreed"],
    ["however they are written", { after: "7.00" }, "agreed"],
    ["a hair beside is another price", { after: "7.000001" }, "disputed"],
    ["another unit has its own", { unit: "input_uncached", after: "1.5" }, "agreed"],
    ["a price that nobody else states waits", { unit: "cache_read", after: "1" }, "alone"],
    ["so does one for another tier", { conditions: '{"tier":"flex"}' }, "alone"],
    [
      "bands are compared with bands",
      { conditions: '{"context":{"over":272000}}', after: "11" },
      "agreed",
    ],
    ["dates are no part of it", { conditions: '{"from":"2026-11-01"}' }, "agreed"],
    [
      "a row read by hand is a source",
      { model: "gpt-6.1-sol", after: "10", conditions: '{"context":{"upTo":272000}}' },
      "agreed",
    ],
    ["what is gone is said to be gone", { after: null }, "gone"],
    ["resellers need no second source", { provider: "openrouter" }, "other"],
  ];
  for (const [name, more, verdict] of rows) {
    test(name, () => assert.equal(verdictOf(change(more), second), verdict));
  }
});
