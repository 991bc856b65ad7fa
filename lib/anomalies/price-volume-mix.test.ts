import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import { bridgeCost, bridgeLines, type UsagePeriod } from "./price-volume-mix.ts";

const line = (key: string, quantity: bigint, cost: string, unit = "token") => ({
  key,
  unit,
  quantity,
  cost: parseUsd(cost),
});
const usd = (cost: string) => parseUsd(cost);

const costOf = ({ lines }: UsagePeriod) => lines.reduce((sum, { cost }) => sum + cost, 0n);

const BEFORE: UsagePeriod = {
  calls: 10n,
  lines: [line("large", 100n, "10"), line("small", 100n, "2")],
};

describe("bridgeCost", () => {
  test("calls alone are volume", () => {
    const after = { calls: 20n, lines: [line("large", 200n, "20"), line("small", 200n, "4")] };
    assert.deepEqual(bridgeCost(BEFORE, after), {
      change: usd("12"),
      volume: usd("12"),
      intensity: 0n,
      mix: 0n,
      price: 0n,
    });
  });

  test("tokens for each call are intensity", () => {
    const after = { calls: 10n, lines: [line("large", 150n, "15"), line("small", 150n, "3")] };
    assert.deepEqual(bridgeCost(BEFORE, after), {
      change: usd("6"),
      volume: 0n,
      intensity: usd("6"),
      mix: 0n,
      price: 0n,
    });
  });

  test("a move to the dearer model is mix", () => {
    const after = { calls: 10n, lines: [line("large", 200n, "20")] };
    assert.deepEqual(bridgeCost(BEFORE, after), {
      change: usd("8"),
      volume: 0n,
      intensity: 0n,
      mix: usd("8"),
      price: 0n,
    });
  });

  test("a new price list is price", () => {
    const after = { calls: 10n, lines: [line("large", 100n, "7"), line("small", 100n, "3")] };
    assert.deepEqual(bridgeCost(BEFORE, after), {
      change: usd("-2"),
      volume: 0n,
      intensity: 0n,
      mix: 0n,
      price: usd("-2"),
    });
  });

  test("a model without an earlier price is mix, at its own price", () => {
    const after = { calls: 10n, lines: [line("newest", 200n, "50")] };
    assert.equal(bridgeCost(BEFORE, after).mix, usd("38"));
    assert.equal(bridgeCost(BEFORE, after).price, 0n);
  });

  test("tokens and searches are never added up", () => {
    const before = {
      calls: 1n,
      lines: [line("large", 1_000n, "1"), line("web", 1n, "1", "search")],
    };
    const after = {
      calls: 1n,
      lines: [line("large", 1_000n, "1"), line("web", 3n, "3", "search")],
    };
    assert.deepEqual(bridgeCost(before, after), {
      change: usd("2"),
      volume: 0n,
      intensity: usd("2"),
      mix: 0n,
      price: 0n,
    });
  });

  test("spend out of nothing is volume, and so is spend that stopped", () => {
    assert.equal(bridgeCost({ calls: 0n, lines: [] }, BEFORE).volume, usd("12"));
    assert.equal(bridgeCost(BEFORE, { calls: 0n, lines: [] }).volume, usd("-12"));
  });

  test("says of each line what it adds to each effect", () => {
    const after = { calls: 20n, lines: [line("large", 300n, "36")] };
    assert.deepEqual(bridgeLines(BEFORE, after), [
      {
        ...{ key: "large", before: usd("10"), after: usd("36"), change: usd("26") },
        ...{ volume: usd("10"), intensity: usd("-5"), mix: usd("15"), price: usd("6") },
      },
      {
        ...{ key: "small", before: usd("2"), after: 0n, change: usd("-2") },
        ...{ volume: usd("2"), intensity: usd("-1"), mix: usd("-3"), price: 0n },
      },
    ]);
  });

  test("adds up to the change, to the last digit, whatever the periods", () => {
    const period = fc.record({
      calls: fc.bigInt({ min: 0n, max: 10_000n }),
      lines: fc.array(
        fc.record({
          key: fc.constantFrom("a", "b", "c"),
          unit: fc.constantFrom("token", "search"),
          quantity: fc.bigInt({ min: 0n, max: 10n ** 12n }),
          cost: fc.bigInt({ min: 0n, max: 10n ** 24n }).map((amount) => amount as Usd),
        }),
        { maxLength: 8 },
      ),
    });
    fc.assert(
      fc.property(period, period, (before, after) => {
        const { change, volume, intensity, mix, price } = bridgeCost(before, after);
        assert.equal(volume + intensity + mix + price, change);
        assert.equal(change, costOf(after) - costOf(before));
        for (const line of bridgeLines(before, after)) {
          const { volume, intensity, mix, price } = line;
          assert.equal(volume + intensity + mix + price, line.after - line.before);
        }
      }),
    );
  });
});
