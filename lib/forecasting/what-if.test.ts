import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { createPricing } from "#lib/price-book/pricing.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";
import { type PricedUsageRow, replayUsage, type WhatIfInput } from "./what-if.ts";

const AT = Date.parse("2026-11-22T00:00:00Z");
const pricing = createPricing(loadPriceBook(), [], []);
const MILLION = 1_000_000;

function row(model: string, tokens: Partial<Tokens>, fees: Usd = 0n as Usd): PricedUsageRow {
  const [provider = "", name = ""] = model.split("/");
  const query = { provider, model: name, tier: "standard", contextTokens: 1_000, atMs: AT };
  const { rateSet } = pricing.resolve(query, "payments");
  const all = { ...NO_TOKENS, ...tokens };
  const cost = priceWithRateSet(rateSet, all).cost ?? parseUsd("0");
  return { team: "payments", rateSet, calls: 1_000, tokens: all, cost: (cost + fees) as Usd };
}

const ask = (rows: readonly PricedUsageRow[], question: WhatIfInput) =>
  replayUsage(rows, question, pricing, AT);
const scenario = (rows: readonly PricedUsageRow[], question: WhatIfInput) =>
  toDecimal(ask(rows, question).scenario);

// gpt-5.5: $5 in, $0.50 cached, $30 out for a million; batch half of it. gpt-5.4-mini: $0.75 in, $4.50 out.
const GPT = "openai/gpt-5.5";
const usage = row(GPT, { input_uncached: 2 * MILLION, output: MILLION });

describe("what if", () => {
  test("nothing were different: the same to the last digit, fees included", () => {
    fc.assert(
      fc.property(
        fc.record({
          input_uncached: fc.nat(1e9),
          cache_read: fc.nat(1e9),
          output: fc.nat(1e9),
        }),
        fc.bigInt(0n, 10n ** 20n),
        (tokens, fees) => {
          const asked = ask([row(GPT, tokens, fees as Usd)], {});
          assert.equal(asked.difference, 0n);
        },
      ),
    );
  });

  const TABLE: readonly (readonly [string, WhatIfInput, string])[] = [
    ["as it was", {}, "40"],
    ["prices fall by an eighth", { price_percent: "-12.5" }, "35"],
    ["half of the prompt came from the cache", { cache_rate: "0.5" }, "35.5"],
    ["all went to the batch tier", { batch_share: "1" }, "20"],
    ["a quarter went to the batch tier", { batch_share: "0.25" }, "35"],
    ["ten people became fifteen", { people_before: 10, people_after: 15 }, "60"],
    ["another model answered", { to_model: "openai/gpt-5.4-mini" }, "6"],
    ["only another model's usage moved", { model: "openai/gpt-5.4", price_percent: "100" }, "40"],
  ];
  for (const [name, question, expected] of TABLE) {
    test(name, () => assert.equal(scenario([usage], question), expected));
  }

  test("a model without a known price answered: its usage stays, and is counted", () => {
    const asked = ask([usage], { to_model: "openai/no-such-model" });
    assert.deepEqual([toDecimal(asked.scenario), asked.unpricedCalls], ["40", 1_000]);
  });

  test("what a plan pays stays paid", () => {
    const funded = { ...usage, rateSet: { ...usage.rateSet, funding: "plan" as const } };
    const asked = ask([{ ...funded, cost: 0n as Usd }], { price_percent: "50" });
    assert.equal(asked.scenario, 0n);
  });
});
