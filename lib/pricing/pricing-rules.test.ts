import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { loadPriceBook } from "./load-price-book.ts";
import { QuoteInput, quote } from "./quote.ts";

/** One documented rule of a provider, and a call that shows it. */
type RuleCase = Record<string, unknown> & {
  readonly rule: string;
  readonly name: string;
  readonly usd: string | null;
  readonly status?: string;
};

const RULES: readonly RuleCase[] = JSON.parse(
  readFileSync(new URL("./testdata/rules.json", import.meta.url), "utf8"),
);
const book = loadPriceBook();
const NOW = "2026-11-22T12:00:00Z";
const openai = { provider: "openai", model: "gpt-5.5" };
const opus5 = { provider: "anthropic", model: "claude-opus-5" };

for (const [rule, cases = []] of Object.entries(Object.groupBy(RULES, (each) => each.rule))) {
  describe(rule, () => {
    for (const { rule: _, name, usd, status = "priced", ...input } of cases) {
      test(name, () => {
        const call = { at: NOW, service_tier: "standard", ...input };
        const answer = quote(book, QuoteInput.parse(call));
        assert.deepEqual([answer.status, answer.usd], [status, usd]);
      });
    }
  });
}

describe("QuoteInput refuses what cannot be priced honestly", () => {
  const good = { ...openai, usage: { output: 1 }, at: NOW };
  const cases: [string, unknown][] = [
    ["an unknown field", { ...good, tier: "batch" }],
    ["an unknown unit", { ...good, usage: { outputs: 1 } }],
    ["a negative quantity", { ...good, usage: { output: -1 } }],
    ["a fraction of a token", { ...good, usage: { output: 1.5 } }],
    ["a token count in text", { ...good, usage: { output: "1" } }],
    ["a count beyond exact integers", { ...good, usage: { output: 2 ** 53 } }],
    ["more reasoning than output", { ...good, usage: { output: 1, reasoning: 2 } }],
    ["one fee under two names", { ...good, usage: { web_search: 1, web_search_calls: 1 } }],
    ["a time without a zone", { ...good, at: "2026-11-22T12:00:00" }],
    ["no time", { ...openai, usage: {} }],
  ];
  for (const [name, input] of cases) {
    test(name, () => assert.equal(QuoteInput.safeParse(input).success, false));
  }

  test("and takes two lifetimes of cache writes together", () => {
    const usage = { cache_write: 1_000_000, cache_write_5m: 1_000_000 };
    assert.equal(quote(book, QuoteInput.parse({ ...opus5, usage, at: NOW })).usd, "12.5");
  });
});

test("a line shows the rate, where it comes from and what multiplies it", () => {
  const input = { ...opus5, inference_geo: "us", usage: { output: 1_000_000 }, at: NOW };
  assert.deepEqual(quote(book, QuoteInput.parse(input)).lines, [
    {
      unit: "output",
      quantity: 1_000_000,
      rate: {
        amount: "25",
        per: 1_000_000,
        currency: "USD",
        source: "@pydantic/genai-prices 0.1.8",
        source_url: "https://github.com/pydantic/genai-prices",
        effective_from: null,
        kind: "list",
      },
      multiplier: "1.1",
      amount: "27.5",
    },
  ]);
});
