import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NO_TOKENS, TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import { linearRates } from "./linear-rates.ts";
import { loadPriceBook } from "./load-price-book.ts";
import { priceWithRateSet } from "./price-with-rate-set.ts";
import type { RateSet, ResolvedRate } from "./rate-set.ts";
import { resolveRateSet } from "./resolve-rate-set.ts";

const book = loadPriceBook();
const base = resolveRateSet(book, {
  ...{ provider: "openai", model: "gpt-5.5", contextTokens: 0 },
  atMs: Date.parse("2026-11-20T00:00:00Z"),
});

const amount = fc
  .integer({ min: 1, max: 10_000_000 })
  .map((n) => `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, "0")}`);

/** Rate sets with any of the token classes, in whole and in broken multiples. */
const rateSets = fc
  .subarray([...TOKEN_CLASSES], { minLength: 1 })
  .chain((units) =>
    fc.tuple(
      fc.constant(units),
      fc.array(fc.tuple(amount, fc.constantFrom([1, 1], [11, 10], [1, 3], [925, 1000])), {
        minLength: units.length,
        maxLength: units.length,
      }),
    ),
  )
  .map(([units, prices]): RateSet => {
    const [template] = base.rates;
    const rates = units.map((unit, i) => {
      const [usd, [num = 1, den = 1] = []] = prices[i] ?? [];
      return { ...template, unit, amount: usd, per: 1_000_000, num, den } as ResolvedRate;
    });
    return { ...base, rates };
  });

const tokenCount = fc.integer({ min: 0, max: 5_000_000 });
const tokens: fc.Arbitrary<Tokens> = fc
  .record(Object.fromEntries(TOKEN_CLASSES.map((unit) => [unit, tokenCount])))
  .map((counts) => {
    const all = { ...NO_TOKENS, ...counts } as Tokens;
    return { ...all, reasoning: Math.min(all.reasoning, all.output) };
  });

test("a linear price is the price, to the last digit, and the price of a sum is the sum", () => {
  let compared = 0;
  fc.assert(
    fc.property(rateSets, tokens, (rateSet, used) => {
      const linear = linearRates(rateSet);
      assert.ok(linear !== null);
      if (TOKEN_CLASSES.some((unit) => used[unit] > 0 && linear[unit] === null)) return;
      const sum = TOKEN_CLASSES.reduce(
        (total, unit) => total + BigInt(used[unit]) * (linear[unit] ?? 0n),
        0n,
      );
      const priced = priceWithRateSet(rateSet, used);
      assert.equal(priced.cost, sum);
      compared += 1;
    }),
    { numRuns: 2_000 },
  );
  assert.ok(compared > 50);
});

test("rates that break a digit, unknown units and free prices are left to single calls", () => {
  const [rate] = base.rates;
  assert.ok(rate !== undefined);
  const third = { ...base, rates: [{ ...rate, unit: "output" as const, amount: "1", per: 3 }] };
  assert.equal(linearRates(third)?.output, null);
  assert.equal(linearRates(third)?.input_uncached, null);
  assert.equal(linearRates({ ...base, rates: [{ ...rate, kind: "free" as const }] }), null);
});
