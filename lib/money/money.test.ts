import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  addUsd,
  lineCost,
  multiplyFraction,
  multiplyFractions,
  ONE,
  parseFraction,
  parseUsd,
  splitUsd,
  subtractUsd,
  sumUsd,
  toDecimal,
  type Usd,
  ZERO_USD,
} from "./money.ts";

const usd = fc.bigInt(-(10n ** 38n), 10n ** 38n).map((value) => value as Usd);

describe("parseUsd and toDecimal", () => {
  const cases = [
    ["0", "0"],
    ["-0", "0"],
    ["0.000000000000000000", "0"],
    ["12.500000000000000000", "12.5"],
    ["007", "7"],
    ["-0.000000000000000001", "-0.000000000000000001"],
    ["1200", "1200"],
    ["99999999999999999999.999999999999999999", "99999999999999999999.999999999999999999"],
  ] as const;
  for (const [text, printed] of cases) {
    test(`reads ${text} and prints ${printed}`, () => {
      assert.equal(toDecimal(parseUsd(text)), printed);
    });
  }

  for (const text of [
    "",
    " 1",
    "1 ",
    "1e-6",
    "1,000",
    "+1",
    ".5",
    "5.",
    "--1",
    "NaN",
    "Infinity",
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => parseUsd(text), RangeError));
  }

  test("refuses a nineteenth decimal instead of rounding it away", () => {
    assert.throws(() => parseUsd("0.0000000000000000001"), RangeError);
  });

  test("prints what it reads back to the same amount", () => {
    fc.assert(fc.property(usd, (amount) => parseUsd(toDecimal(amount)) === amount));
  });
});

describe("rounding", () => {
  const cases: [bigint, bigint, bigint, bigint][] = [
    [1n, 1n, 2n, 0n],
    [3n, 1n, 2n, 2n],
    [5n, 1n, 2n, 2n],
    [-1n, 1n, 2n, 0n],
    [-3n, 1n, 2n, -2n],
    [7n, 1n, 4n, 2n],
    [10n, 1n, 3n, 3n],
    [-10n, 2n, 3n, -7n],
  ];
  for (const [amount, num, den, expected] of cases) {
    test(`${amount} × ${num}/${den} is ${expected}, half to even`, () => {
      assert.equal(multiplyFraction(amount as Usd, num, den), expected);
    });
  }

  test("refuses to divide by zero or less", () => {
    assert.throws(() => multiplyFraction(1n as Usd, 1n, 0n), RangeError);
    assert.throws(() => multiplyFraction(1n as Usd, 1n, -2n), RangeError);
  });

  test("is never off by more than half a unit", () => {
    fc.assert(
      fc.property(usd, fc.bigInt(0n, 10n ** 9n), fc.bigInt(1n, 10n ** 9n), (amount, num, den) => {
        const error = multiplyFraction(amount, num, den) * den - amount * num;
        return 2n * (error < 0n ? -error : error) <= den;
      }),
    );
  });
});

describe("lineCost", () => {
  test("is exact for tokens at a price of six decimals", () => {
    const cost = lineCost({ num: 7n, den: 1n }, parseUsd("0.003625"), 1_000_000n);
    assert.equal(toDecimal(cost), "0.000000025375");
  });

  test("rounds once, after the multiplier", () => {
    // 1/3 × 3 is 1 when rounded once; rounding the third first would lose it.
    const cost = lineCost({ num: 1n, den: 1n }, 1n as Usd, 3n, { num: 3n, den: 1n });
    assert.equal(cost, 1n);
  });

  test("bills part of an hour", () => {
    assert.equal(toDecimal(lineCost(parseFraction("0.25"), parseUsd("0.08"), 1n)), "0.02");
  });
});

describe("sums and fractions", () => {
  test("adding and subtracting are inverse", () => {
    fc.assert(fc.property(usd, usd, (a, b) => subtractUsd(addUsd(a, b), b) === a));
  });

  test("a sum does not depend on the order", () => {
    fc.assert(fc.property(fc.array(usd), (all) => sumUsd(all) === sumUsd(all.toReversed())));
    assert.equal(sumUsd([]), ZERO_USD);
  });

  test("fractions are kept in lowest terms", () => {
    assert.deepEqual(parseFraction("0.925"), { num: 37n, den: 40n });
    assert.deepEqual(parseFraction("0"), { num: 0n, den: 1n });
    assert.deepEqual(multiplyFractions({ num: 11n, den: 10n }, { num: 1n, den: 2n }), {
      num: 11n,
      den: 20n,
    });
    assert.deepEqual(multiplyFractions(ONE, ONE), ONE);
  });
});

describe("splitUsd", () => {
  test("gives what is left to the largest remainders, the earlier on a tie", () => {
    assert.deepEqual(splitUsd(10n as Usd, [1n, 1n, 1n]), [4n, 3n, 3n]);
    assert.deepEqual(splitUsd(-10n as Usd, [1n, 1n, 1n]), [-4n, -3n, -3n]);
    assert.deepEqual(splitUsd(10n as Usd, [0n, 7n, 8n]), [0n, 5n, 5n]);
  });

  test("refuses weights that cannot carry a total", () => {
    assert.throws(() => splitUsd(1n as Usd, []), RangeError);
    assert.throws(() => splitUsd(1n as Usd, [0n, 0n]), RangeError);
    assert.throws(() => splitUsd(1n as Usd, [2n, -1n]), RangeError);
  });

  test("parts add up to the total, and none is a unit or more away from its share", () => {
    const weights = fc
      .array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 20 })
      .filter((list) => list.some((weight) => weight > 0n));
    fc.assert(
      fc.property(usd, weights, (total, list) => {
        const parts = splitUsd(total, list);
        const whole = list.reduce((sum, weight) => sum + weight, 0n);
        assert.equal(sumUsd(parts), total);
        list.forEach((weight, index) => {
          const error = (parts[index] ?? 0n) * whole - total * weight;
          assert.ok((error < 0n ? -error : error) < whole);
        });
      }),
    );
  });
});
