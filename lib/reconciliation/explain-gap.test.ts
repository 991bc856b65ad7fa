import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseUsd, sumUsd, toDecimal, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { explainGap, type GapGroup } from "./explain-gap.ts";

const NOTHING: GapGroup = {
  ...{ invoiced: ZERO_USD, ours: ZERO_USD, covered: ZERO_USD, tolerance: ZERO_USD },
  ...{ invoicedTokens: null, tokens: 0n, coveredTokens: 0n, unpricedCalls: 0 },
};
const usd = parseUsd;

const CASES: readonly (readonly [
  name: string,
  group: Partial<GapGroup>,
  parts: readonly string[],
])[] = [
  ["nothing", { invoiced: usd("5"), ours: usd("5") }, []],
  [
    "half a cent a row",
    { invoiced: usd("5.01"), ours: usd("5.005"), tolerance: usd("0.005") },
    ["rounding 0.005"],
  ],
  ["usage that nobody sent", { invoiced: usd("5") }, ["not_instrumented 5"]],
  ["usage that nobody invoiced", { ours: usd("5"), tokens: 10n }, ["not_invoiced -5"]],
  [
    "a tenth of the tokens not sent",
    { invoiced: usd("10"), ours: usd("9"), invoicedTokens: 1_000n, tokens: 900n },
    ["not_instrumented 1"],
  ],
  [
    "the same tokens at another price",
    { invoiced: usd("10"), ours: usd("12"), invoicedTokens: 1_000n, tokens: 1_000n },
    ["price -2"],
  ],
  [
    "fewer tokens, and those dearer",
    { invoiced: usd("20"), ours: usd("9"), invoicedTokens: 1_000n, tokens: 900n },
    ["not_instrumented 2", "price 9"],
  ],
  [
    "calls without a price",
    { invoiced: usd("10"), ours: usd("4"), invoicedTokens: 100n, tokens: 100n, unpricedCalls: 3 },
    ["unpriced 6"],
  ],
  [
    "calls without a price, no tokens told",
    { invoiced: usd("10"), ours: usd("4"), unpricedCalls: 3 },
    ["unpriced 6"],
  ],
  [
    "usage that a plan is said to have paid",
    { invoiced: usd("10"), covered: usd("10"), invoicedTokens: 50n, coveredTokens: 50n },
    ["plan_paid 10"],
  ],
  [
    "usage of a plan, and as much again that nobody sent",
    {
      ...{ invoiced: usd("30"), ours: usd("10"), covered: usd("10") },
      ...{ invoicedTokens: 150n, tokens: 50n, coveredTokens: 50n },
    },
    ["plan_paid 10", "not_instrumented 10"],
  ],
  [
    "metered as invoiced, beside usage of a plan",
    { invoiced: usd("10"), ours: usd("10"), covered: usd("99"), invoicedTokens: 50n, tokens: 50n },
    [],
  ],
];

for (const [name, group, parts] of CASES) {
  test(name, () => {
    const told = explainGap({ ...NOTHING, ...group });
    assert.deepEqual(
      told.map(({ reason, amount }) => `${reason} ${toDecimal(amount)}`),
      parts,
    );
  });
}

test("the parts add up to the gap, to the last digit", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 24n }).map((cents) => cents as Usd);
  const tokens = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const group = fc.record({
    ...{ invoiced: amount, ours: amount, covered: amount, tolerance: amount },
    ...{ invoicedTokens: fc.option(tokens), tokens, coveredTokens: tokens },
    unpricedCalls: fc.nat(3),
  });
  fc.assert(
    fc.property(group, (told) => {
      const sum = sumUsd(explainGap(told).map((part) => part.amount));
      assert.equal(sum, told.invoiced - told.ours);
    }),
  );
});
