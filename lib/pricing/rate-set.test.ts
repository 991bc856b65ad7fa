import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { addUsd, parseUsd, type Usd } from "#lib/money/money.ts";
import { NO_TOKENS, TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import { loadPriceBook } from "./load-price-book.ts";
import { priceWithRateSet } from "./price-with-rate-set.ts";
import type { RateQuery, RateSet } from "./rate-set.ts";
import { createRateSetResolver } from "./rate-set-resolver.ts";
import { resolveRateSet } from "./resolve-rate-set.ts";

const book = loadPriceBook();
const NOON = Date.parse("2026-11-17T12:00:00Z");
const opus: RateQuery = {
  provider: "anthropic",
  model: "claude-opus-5",
  contextTokens: 0,
  atMs: NOON,
};

describe("rate sets", () => {
  test("are the same for the same model, tier, band and time, however the model was spelt", () => {
    const spelt = { ...opus, model: "claude-opus-5-20260801", tier: "default", contextTokens: 9e5 };
    assert.deepEqual(resolveRateSet(book, spelt), resolveRateSet(book, opus));
  });

  test("differ by tier, place, band and window", () => {
    const deepseek = { ...opus, provider: "deepseek", model: "deepseek-v4-pro" };
    const haiku = { ...opus, model: "claude-haiku-5-5" };
    const queries = [
      opus,
      { ...opus, tier: "batch" },
      { ...opus, inferenceGeo: "us" },
      { ...opus, provider: "aws.bedrock", model: "us.anthropic.claude-opus-5" },
      haiku,
      { ...haiku, contextTokens: 100_001 },
      deepseek,
      { ...deepseek, atMs: Date.parse("2026-11-17T02:00:00Z") },
    ];
    const ids = queries.map((query) => resolveRateSet(book, query).id);
    assert.equal(new Set(ids).size, queries.length);
  });

  test("come back in the same window of another day", () => {
    const peak = (day: string) =>
      resolveRateSet(book, {
        ...opus,
        provider: "deepseek",
        model: "deepseek-v4-pro",
        atMs: Date.parse(`${day}T02:00:00Z`),
      }).id;
    assert.equal(peak("2026-11-17"), peak("2026-11-18"));
  });

  test("have ids that a signed 64-bit column holds", () => {
    const id = BigInt(resolveRateSet(book, opus).id);
    assert.ok(id >= -(2n ** 63n) && id < 2n ** 63n);
  });

  test("name what could not be priced", () => {
    const set = resolveRateSet(book, { ...opus, model: "claude-opus-5-9-turbo" });
    assert.partialDeepStrictEqual(set, {
      provider: "anthropic",
      model: "claude-opus-5-9-turbo",
      status: "unpriced",
      rates: [],
    });
    const nothing = resolveRateSet(book, { ...opus, provider: null, model: null });
    assert.partialDeepStrictEqual(nothing, { provider: "unknown", model: "", status: "unpriced" });
  });

  test("keep a hostile name to a size that can be stored", () => {
    const set = resolveRateSet(book, { ...opus, model: "x".repeat(1_000_000) });
    assert.equal(set.model.length, 256);
  });

  test("survive being stored as JSON", () => {
    const set = resolveRateSet(book, { ...opus, inferenceGeo: "us" });
    const stored: RateSet = JSON.parse(JSON.stringify(set));
    const tokens = { ...NO_TOKENS, output: 7, cache_read: 3 };
    assert.equal(priceWithRateSet(stored, tokens).cost, priceWithRateSet(set, tokens).cost);
  });
});

describe("the caching resolver", () => {
  const query = fc.record({
    model: fc.constantFrom(
      ...["deepseek/deepseek-v4-pro", "deepseek/deepseek-flash", "anthropic/claude-haiku-5-5"],
      ...["anthropic/claude-sonnet-5-5", "openai/gpt-5.6-sol", "openai/gpt-5.5", "openai/nope"],
      ...["gcp.gemini/gemini-3.8-flash", "anthropic/claude-opus-4-6"],
    ),
    tier: fc.constantFrom(null, "batch", "priority"),
    speed: fc.constantFrom(null, "fast"),
    contextTokens: fc.constantFrom(0, 99_999, 100_000, 100_001, 200_001, 271_999, 272_000, 272_001),
    atMs: fc
      .integer({
        min: Date.parse("2026-02-01T00:00:00Z") / 60_000,
        max: Date.parse("2027-02-01T00:00:00Z") / 60_000,
      })
      .map((minute) => minute * 60_000),
  });

  test("answers as the plain one does, in any order of calls", () => {
    const resolve = createRateSetResolver(book);
    fc.assert(
      fc.property(fc.array(query, { minLength: 1, maxLength: 30 }), (queries) => {
        for (const { model, ...rest } of queries) {
          const [provider = "", name = ""] = model.split("/");
          const full = { ...rest, provider, model: name };
          assert.equal(resolve(full).id, resolveRateSet(book, full).id);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("gives the very same object again, so that nothing is computed twice", () => {
    const resolve = createRateSetResolver(book);
    assert.equal(resolve({ ...opus, contextTokens: 5, atMs: NOON + 1 }), resolve(opus));
  });
});

describe("priceWithRateSet", () => {
  const set = resolveRateSet(book, { ...opus, tier: "batch", inferenceGeo: "us" });
  const count = fc.integer({ min: 0, max: 10_000_000 });
  const tokens = fc
    .record({
      input_uncached: count,
      cache_read: count,
      cache_write_5m: count,
      cache_write_1h: count,
      output: count,
    })
    .map((counts): Tokens => ({ ...counts, reasoning: 0 }));
  const costOf = (usage: Tokens): Usd => priceWithRateSet(set, usage).cost ?? parseUsd("-1");

  test("a call split in two within its band costs the same", () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        const both = { ...NO_TOKENS };
        for (const name of TOKEN_CLASSES) both[name] = a[name] + b[name];
        return costOf(both) === addUsd(costOf(a), costOf(b));
      }),
    );
  });

  test("more tokens never cost less", () => {
    fc.assert(
      fc.property(tokens, fc.constantFrom(...TOKEN_CLASSES), count, (usage, name, more) => {
        return costOf({ ...usage, [name]: usage[name] + more }) >= costOf(usage);
      }),
    );
  });

  test("reasoning is part of output and not added", () => {
    const usage = { ...NO_TOKENS, output: 10, reasoning: 9 };
    assert.equal(costOf(usage), costOf({ ...usage, reasoning: 0 }));
  });

  test("a unit that nobody knows leaves the call partial, with a lower bound", () => {
    const priced = priceWithRateSet(set, { ...NO_TOKENS, output: 1 }, { teleport: 2 });
    assert.equal(priced.status, "partial");
    assert.equal(priced.cost, null);
    assert.equal(priced.lowerBound, costOf({ ...NO_TOKENS, output: 1 }));
    assert.deepEqual(priced.lines[1], { unit: "teleport", quantity: 2, rate: null, cost: null });
  });

  test("refuses quantities below zero and fractions of tokens", () => {
    assert.throws(() => priceWithRateSet(set, { ...NO_TOKENS, output: -1 }), RangeError);
    assert.throws(() => priceWithRateSet(set, { ...NO_TOKENS, output: 0.5 }), RangeError);
    assert.throws(() => priceWithRateSet(set, NO_TOKENS, { web_search: -1 }), RangeError);
  });
});
