import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { usdOf } from "#lib/money/float-usd.ts";
import { subtractUsd, sumUsd, type Usd } from "#lib/money/money.ts";
import { contributions, findDrivers } from "./drivers.ts";
import { type Leaf, leafFromPast } from "./leaf.ts";

const TEAMS = ["payments", "search", "support"];
const MODELS = ["large", "mid", "small"];
const KEYS = ["k1", "k2"];

/** Every combination, with its own size and 10 % of noise; `change` scales today's spend. */
function leaves(change: (dimensions: Record<string, string>) => number): Leaf[] {
  return TEAMS.flatMap((team, t) =>
    MODELS.flatMap((model, m) =>
      KEYS.map((key, k) => {
        const size = 10 + 7 * t + 30 * m + 3 * k;
        const dimensions = { team, model, key };
        const past = [1, 2, 3, 4, 5, 6].map((week) =>
          usdOf(size * (1 + 0.1 * Math.sin(week * 13 + size))),
        );
        const noise = 1 + 0.05 * Math.sin(size * 7);
        return leafFromPast(dimensions, usdOf(size * noise * change(dimensions)), past);
      }),
    ),
  );
}

const anyLeaf = fc.record({
  dimensions: fc.record({
    team: fc.constantFrom(...TEAMS),
    model: fc.constantFrom(...MODELS),
  }),
  actual: fc.bigInt({ min: 0n, max: 10n ** 24n }).map((amount) => amount as Usd),
  expected: fc.bigInt({ min: 0n, max: 10n ** 24n }).map((amount) => amount as Usd),
  noise: fc.bigInt({ min: 0n, max: 10n ** 22n }).map((amount) => amount as Usd),
});

describe("findDrivers", () => {
  for (const [dimension, values] of Object.entries({ team: TEAMS, model: MODELS, key: KEYS })) {
    for (const value of values) {
      test(`names ${dimension} ${value} when it alone has tripled`, () => {
        const { ranked, hasSingleCause } = findDrivers(
          leaves((dimensions) => (dimensions[dimension] === value ? 3 : 1)),
        );
        assert.deepEqual([ranked[0]?.dimension, ranked[0]?.value], [dimension, value]);
        assert.ok(hasSingleCause);
      });
    }
  }

  test("names what has stopped", () => {
    const { ranked, change } = findDrivers(leaves(({ team }) => (team === "search" ? 0 : 1)));
    assert.equal(ranked[0]?.value, "search");
    assert.ok(change < 0n);
  });

  test("names what is new, of which nothing was expected", () => {
    const fresh = { team: "payments", model: "newest", key: "k1" };
    const { ranked } = findDrivers([
      ...leaves(() => 1),
      leafFromPast(fresh, usdOf(500), [0, 0, 0, 0, 0, 0].map(usdOf)),
    ]);
    assert.deepEqual([ranked[0]?.dimension, ranked[0]?.value], ["model", "newest"]);
    assert.equal(ranked[0]?.change, usdOf(500));
  });

  test("is not misled by one odd leaf", () => {
    const { ranked } = findDrivers(
      leaves(({ team, model, key }) => {
        if (team === "support" && model === "small" && key === "k2") return 6;
        return model === "mid" ? 2.5 : 1;
      }),
    );
    assert.equal(ranked[0]?.value, "mid");
  });

  test("says so when no single value explains the change", () => {
    const { hasSingleCause } = findDrivers(
      leaves(({ team, model }) => {
        const odd = TEAMS.indexOf(team ?? "") === MODELS.indexOf(model ?? "");
        return odd ? 3 : 0.6;
      }),
    );
    assert.equal(hasSingleCause, false);
  });

  test("answers for nothing at all", () => {
    assert.deepEqual(findDrivers([]), { change: 0n, ranked: [], hasSingleCause: false });
  });
});

describe("contributions", () => {
  test("add up to the change exactly, for every dimension", () => {
    fc.assert(
      fc.property(fc.array(anyLeaf, { minLength: 1, maxLength: 30 }), (list) => {
        const change = subtractUsd(
          sumUsd(list.map(({ actual }) => actual)),
          sumUsd(list.map(({ expected }) => expected)),
        );
        assert.equal(findDrivers(list).change, change);
        for (const dimension of ["team", "model"]) {
          const parts = contributions(list, dimension);
          assert.equal(sumUsd(parts.map((part) => part.change)), change);
        }
      }),
    );
  });
});

describe("leafFromPast", () => {
  test("expects the median, to the last digit", () => {
    const leaf = leafFromPast({}, 9n as Usd, [1n, 8n, 2n, 100n] as Usd[]);
    assert.deepEqual([leaf.expected, leaf.noise], [5n, 4n]);
    assert.equal(leafFromPast({}, 9n as Usd, [1n, 8n, 2n] as Usd[]).expected, 2n);
  });
});
