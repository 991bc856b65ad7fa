import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { agreedRatesIn, agreedRatesOf } from "#lib/pricing/agreed-rates.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import type { RateQuery } from "#lib/pricing/rate-set.ts";
import { resolveRateSet } from "#lib/pricing/resolve-rate-set.ts";
import { createPricing } from "./pricing.ts";
import { costOf, own } from "./testing/own-rate.ts";

const base = loadPriceBook();
const call: RateQuery = {
  provider: "openai",
  model: "gpt-5.5",
  contextTokens: 10,
  atMs: Date.parse("2026-11-17T12:00:00Z"),
};
const LIST = costOf(resolveRateSet(base, call)).cost;

describe("precedence: call, team contract, org contract, org price, list", () => {
  const rates = {
    org_price: own({ kind: "estimate", usd: "6" }),
    org_contract: own({ kind: "contract", usd: "5" }),
    far_contract: own({ kind: "contract", team: "company", usd: "4" }),
    team_contract: own({ kind: "contract", team: "payments", usd: "3" }),
  };
  const parents = new Map([
    ["cards", "payments"],
    ["payments", "company"],
    // A circle, as hands can make one.
    ["a", "b"],
    ["b", "a"],
  ]);
  const agreed = [{ unit: "output", amount: "2", per: 1_000_000 }] as const;
  type Recorded = readonly (keyof typeof rates)[];
  const all: Recorded = ["org_price", "org_contract", "far_contract", "team_contract"];
  const rows: readonly (readonly [Recorded, string, boolean, string | null])[] = [
    [[], "payments", false, LIST],
    [["org_price"], "payments", false, "6"],
    [["org_price", "org_contract"], "payments", false, "5"],
    [["org_price", "org_contract", "far_contract"], "payments", false, "4"],
    [all, "payments", false, "3"],
    [all, "payments", true, "2"],
    [[], "payments", true, "2"],
    // Teams below have the contract of the nearest team above that has one.
    [all, "cards", false, "3"],
    [["org_contract", "far_contract"], "cards", false, "4"],
    [all, "company", false, "4"],
    [all, "search", false, "5"],
    [["far_contract"], "search", false, LIST],
    [all, "a", false, "5"],
  ];
  for (const [recorded, team, stated, cost] of rows) {
    test(`${recorded.join(", ") || "nothing"}${stated ? " and the call" : ""}: ${team} pays ${cost}`, () => {
      const believed = recorded.map((name) => rates[name]);
      for (const order of [believed, believed.toReversed()]) {
        const pricing = createPricing(base, order, [], undefined, parents);
        const { rateSet } = pricing.resolve(stated ? { ...call, agreed } : call, team);
        assert.deepEqual(costOf(rateSet), { cost, listCost: LIST, status: "priced" });
      }
    });
  }

  test("the nearest team wins unit by unit, also over a more exact contract further up", () => {
    const recorded = [
      own({ kind: "contract", team: "company", usd: "4", tier: "standard", region: null }),
      own({ kind: "contract", team: "company", usd: "1", unit: "input_uncached" }),
      own({ kind: "contract", team: "payments", off: [1, 2], provider: null, model: null }),
    ];
    const pricing = createPricing(base, recorded, [], undefined, parents);
    const { rateSet } = pricing.resolve(call, "cards");
    const half = (Number(LIST) / 2).toString();
    assert.equal(costOf(rateSet).cost, half);
  });

  test("a price with the call holds for any tier, stays with its rate set, and prices unknown models", () => {
    const pricing = createPricing(base, [], []);
    const query = { ...call, model: "house-model", tier: "batch", agreed };
    const { rateSet } = pricing.resolve(query, "a");
    assert.deepEqual(costOf(rateSet), { cost: "2", listCost: null, status: "priced" });
    assert.deepEqual(agreedRatesOf(rateSet), agreed);
    assert.notEqual(rateSet.id, pricing.resolve({ ...query, agreed: [] }, "a").rateSet.id);
  });

  test("calls are read for a price, never for what somebody reports as cost", () => {
    const attributes = {
      "outlay.price.output_tokens": "02.50",
      "outlay.price.input_uncached_tokens": "0",
      "outlay.price.cache_read_tokens": "1e3",
      "outlay.price.cache_write_5m_tokens": "-1",
      "gen_ai.usage.cost": "9",
      "litellm.cost": "9",
    };
    assert.deepEqual(agreedRatesIn(attributes), [
      { unit: "output", amount: "2.5", per: 1_000_000 },
    ]);
  });
});
