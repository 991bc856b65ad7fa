import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import type { RateQuery, RateSet } from "#lib/pricing/rate-set.ts";
import { resolveRateSet } from "#lib/pricing/resolve-rate-set.ts";
import type { NewAlias } from "./model-alias.ts";
import type { OwnRate } from "./own-rate.ts";
import { createPricing } from "./pricing.ts";
import { costOf, own } from "./testing/own-rate.ts";

const base = loadPriceBook();
const at = (text: string) => Date.parse(text);
const call: RateQuery = {
  provider: "openai",
  model: "gpt-5.5",
  contextTokens: 10,
  atMs: at("2026-11-17T12:00:00Z"),
};

const LIST = costOf(resolveRateSet(base, call)).cost;

describe("pricing with own prices", () => {
  test("is the shipped book when nothing was recorded", () => {
    const pricing = createPricing(base, [], []);
    assert.equal(pricing.book, base);
    assert.equal(pricing.resolve(call, "a").rateSet.id, resolveRateSet(base, call).id);
  });

  test("an own list price wins over the shipped one and is the list cost too", () => {
    const { rateSet, listRateSet } = createPricing(base, [own({})], []).resolve(call, "a");
    assert.equal(rateSet, listRateSet);
    assert.deepEqual(costOf(rateSet), { cost: "7", listCost: "7", status: "priced" });
    assert.notEqual(LIST, "7");
  });

  test("a contract is charged, and the list price beneath it stays known", () => {
    const pricing = createPricing(base, [own({ kind: "contract" })], []);
    const { rateSet } = pricing.resolve(call, "a");
    assert.deepEqual(costOf(rateSet), { cost: "7", listCost: LIST, status: "priced" });
    const stored: RateSet = JSON.parse(JSON.stringify(rateSet));
    assert.deepEqual(costOf(stored), { cost: "7", listCost: LIST, status: "priced" });
  });

  test("a team's contract wins over the organisation's, for that team only", () => {
    const rates = [
      own({ kind: "contract", off: [1, 10] }),
      own({ kind: "contract", team: "search", off: [1, 2] }),
    ];
    const { resolve } = createPricing(base, rates, []);
    assert.equal(LIST, "30");
    assert.equal(costOf(resolve(call, "payments").rateSet).cost, "27");
    assert.equal(costOf(resolve(call, "search").rateSet).cost, "15");
    assert.equal(costOf(resolve(call, "search").rateSet).listCost, "30");
    assert.notEqual(resolve(call, "search").rateSet.id, resolve(call, "payments").rateSet.id);
  });

  test("contracts of the same effect over different list prices are different rate sets", () => {
    const contract = own({ kind: "contract", provider: "openai" });
    const a = createPricing(base, [contract], []).resolve(call, "a").rateSet;
    const b = createPricing(base, [contract, own({ usd: "9" })], []).resolve(call, "a").rateSet;
    assert.equal(costOf(a).cost, costOf(b).cost);
    assert.equal(costOf(b).listCost, "9");
    assert.notEqual(a.id, b.id);
  });

  test("an unknown model gets a price, also by its dated snapshots; without cache reads it is partial", () => {
    const gpu = { provider: "vllm", model: "Qwen-Own", kind: "estimate" } as const;
    const pricing = createPricing(base, [own({ ...gpu, usd: "0.4" })], []);
    const query = { ...call, provider: "vllm", model: "qwen-own-20260901" };
    const { rateSet } = pricing.resolve(query, "a");
    assert.equal(rateSet.model, "Qwen-Own");
    assert.deepEqual(costOf(rateSet), { cost: "0.4", listCost: "0.4", status: "priced" });
    const both = { output: 1_000_000, cache_read: 5 };
    assert.deepEqual(costOf(rateSet, both), { cost: "0.4", listCost: "0.4", status: "partial" });
    const other = pricing.resolve({ ...query, model: "qwen-own-2" }, "a").rateSet;
    assert.equal(other.status, "unpriced");
  });

  test("a fee of the provider alone does not price a model that is only named", () => {
    const named = own({ model: "gpt-99", kind: "contract", off: [1, 2] });
    const { rateSet } = createPricing(base, [named], []).resolve({ ...call, model: "gpt-99" }, "a");
    assert.equal(rateSet.status, "unpriced");
    assert.equal(costOf(rateSet).cost, null);
  });

  test("free is free, and not nothing known", () => {
    const { resolve } = createPricing(base, [own({ model: "lab", kind: "free", usd: "0" })], []);
    const { rateSet } = resolve({ ...call, model: "lab" }, "a");
    assert.deepEqual(costOf(rateSet), { cost: "0", listCost: "0", status: "free" });
  });

  test("an own price for one unit leaves those inherited from another seller", () => {
    const query = { ...call, provider: "azure.ai.openai" };
    const before = resolveRateSet(base, query);
    const rates = [own({ provider: "azure.ai.openai", unit: "cache_read", usd: "0.01" })];
    const after = createPricing(base, rates, []).resolve(query, "a").rateSet;
    assert.deepEqual(
      after.rates.map(({ unit }) => unit),
      before.rates.map(({ unit }) => unit),
    );
    assert.equal(costOf(after).cost, costOf(before).cost);
    assert.equal(costOf(after, { cache_read: 1_000_000 }).cost, "0.01");
  });
});

describe("times", () => {
  const resolveAt = (rates: OwnRate[], text: string, contextTokens = 10) =>
    costOf(
      createPricing(base, rates, []).resolve({ ...call, contextTokens, atMs: at(text) }, "a")
        .rateSet,
    ).cost;

  test("a forward-dated price is charged from its first moment, and one that ended is not", () => {
    const rates = [
      own({ usd: "40", effectiveFrom: new Date("2026-12-01T00:00:00Z") }),
      own({
        usd: "1",
        effectiveFrom: new Date("2026-12-24T00:00:00Z"),
        effectiveTo: new Date("2026-12-27T00:00:00Z"),
      }),
    ];
    assert.equal(resolveAt(rates, "2026-11-30T23:59:59Z"), LIST);
    assert.equal(resolveAt(rates, "2026-12-01T00:00:00Z"), "40");
    assert.equal(resolveAt(rates, "2026-12-25T00:00:00Z"), "1");
    assert.equal(resolveAt(rates, "2026-12-27T00:00:00Z"), "40");
  });

  test("a contract may hold for hours of the day, weekdays and prompt sizes", () => {
    const window = { tz: "Asia/Taipei", from: "22:00", to: "24:00", weekdays: [1, 2, 3, 4, 5] };
    const night = [own({ kind: "contract", usd: "2", window })];
    assert.equal(resolveAt(night, "2026-11-17T14:00:00Z"), "2");
    assert.equal(resolveAt(night, "2026-11-17T13:59:00Z"), LIST);
    assert.equal(resolveAt(night, "2026-11-21T14:00:00Z"), LIST);
    const small = [own({ kind: "contract", usd: "3", context: { upTo: 100 } })];
    assert.equal(resolveAt(small, "2026-11-17T14:00:00Z", 100), "3");
    assert.equal(resolveAt(small, "2026-11-17T14:00:00Z", 101), LIST);
  });

  test("the memory does not blur windows, bands and dates", () => {
    const window = { tz: "UTC", from: "14:00", to: "15:00" };
    const rates = [own({ kind: "contract", usd: "2", window, context: { upTo: 100 } })];
    const { resolve } = createPricing(base, rates, []);
    const cost = (time: string, contextTokens: number) =>
      costOf(resolve({ ...call, contextTokens, atMs: at(`2026-11-17T${time}Z`) }, "a").rateSet)
        .cost;
    assert.equal(cost("13:59:59", 1), LIST);
    assert.equal(cost("14:00:00", 1), "2");
    assert.equal(cost("14:30:00", 101), LIST);
    assert.equal(cost("14:30:00", 100), "2");
    assert.equal(cost("15:00:00", 100), LIST);
  });
});

describe("model aliases", () => {
  const alias: NewAlias = {
    provider: "azure.ai.openai",
    reported: "our-deployment",
    targetProvider: "azure.ai.openai",
    targetModel: "gpt-5.5",
    effectiveFrom: new Date("2026-11-01T00:00:00Z"),
    effectiveTo: null,
  };
  const query = { ...call, provider: "azure", model: "Our-Deployment" };

  test("name the model behind a name, in any case, from their first moment", () => {
    const { resolve } = createPricing(base, [], [alias]);
    assert.equal(resolve(query, "a").rateSet.model, "gpt-5.5");
    const early = { ...query, atMs: at("2026-10-31T23:59:59Z") };
    assert.equal(resolve(early, "a").rateSet.status, "unpriced");
    assert.equal(resolve({ ...query, model: "our-deployment-2" }, "a").rateSet.status, "unpriced");
  });

  test("the later of two is followed", () => {
    const later = { ...alias, targetModel: "gpt-5.4", effectiveFrom: new Date("2026-11-10") };
    const { resolve } = createPricing(base, [], [later, alias]);
    assert.equal(resolve(query, "a").rateSet.model, "gpt-5.4");
  });
});
