import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { filterPrices, freshnessOf, listPrices, type PriceQuery } from "./list-prices.ts";
import type { OwnRate } from "./own-rate.ts";

const book = loadPriceBook();
const now = new Date("2026-11-22T00:00:00Z");
const times = { at: now, believedAt: null, today: now };

const own: OwnRate = {
  ...{ id: "1", team: null, kind: "list", provider: "openai", model: "gpt-5.5", unit: "output" },
  price: { amount: "40", per: 1_000_000 },
  ...{ tier: null, speed: null, region: null, context: { upTo: 272_000 }, window: null },
  includesFees: false,
  effectiveFrom: new Date("2026-12-01T00:00:00Z"),
  effectiveTo: null,
  source: { name: "page", url: "", checkedAt: "2026-11-20", quote: null },
  recordedAt: new Date("2026-11-10T00:00:00Z"),
  recordedBy: "ann",
  supersededAt: new Date("2026-11-15T00:00:00Z"),
  supersededBy: "ben",
};
const states = (
  rows: readonly OwnRate[],
  at: string,
  believedAt: string | null,
  query: PriceQuery = {},
) =>
  filterPrices(
    listPrices(book, rows, {
      at: new Date(at),
      believedAt: believedAt === null ? null : new Date(believedAt),
      today: now,
    }),
    { providers: ["openai"], models: ["gpt-5.5"], unit: "output", tier: "standard", ...query },
  );

describe("the price list", () => {
  test("tells what is charged when, and what was believed when", () => {
    const stateOfOwn = (at: string, believedAt: string | null) =>
      states([own], at, believedAt, { tier: "" })[0]?.state ?? "unknown";
    assert.equal(stateOfOwn("2026-11-22", "2026-11-09"), "unknown");
    assert.equal(stateOfOwn("2026-11-22", "2026-11-12"), "announced");
    assert.equal(stateOfOwn("2026-12-02", "2026-11-12"), "in_force");
    assert.equal(stateOfOwn("2026-12-02", "2026-11-16"), "withdrawn");
    assert.equal(stateOfOwn("2026-12-02", null), "withdrawn");
  });

  test("an own price in force replaces the shipped one of the same conditions only", () => {
    const before = states([], "2026-12-02", null);
    const short = before.find(({ context }) => context?.upTo === 272_000);
    assert.equal(short?.state, "in_force");
    const after = states([{ ...own, supersededAt: null }], "2026-12-02", null);
    assert.equal(after.find(({ id }) => id === short?.id)?.state, "replaced");
    assert.equal(
      after.filter(({ state }) => state === "in_force").length,
      before.filter(({ state }) => state === "in_force").length - 1,
    );
  });

  test("an own price for all prompt sizes replaces those for some", () => {
    const flat: OwnRate = { ...own, context: null, supersededAt: null };
    const after = states([flat], "2026-12-02", null);
    assert.ok(after.length >= 2);
    assert.ok(after.every(({ origin, state }) => origin === "own" || state === "replaced"));
  });

  test("has prices that a provider resells, and each price once", () => {
    const rows = listPrices(book, [], times);
    const azure = filterPrices(rows, { providers: ["azure"], models: ["gpt-5.5"] });
    assert.ok(azure.some(({ unit, soldAs }) => unit === "output" && soldAs === "openai"));
    assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
  });

  test("finds words in any order and filters by state and age", () => {
    const rows = listPrices(book, [], times);
    assert.ok(filterPrices(rows, { search: "opus-5 ANTHROPIC output" }).length > 0);
    assert.equal(filterPrices(rows, { search: "zzz output" }).length, 0);
    const later = listPrices(book, [], { ...times, today: new Date("2027-03-01T00:00:00Z") });
    assert.equal(filterPrices(later, { isStale: false }).length, 0);
    assert.ok(
      filterPrices(rows, { states: ["announced"] }).every((row) => (row.effectiveFrom ?? 0) > now),
    );
  });

  test("says how fresh the prices in force are", () => {
    const fresh = freshnessOf(listPrices(book, [], times));
    assert.match(fresh.newest ?? "", /^2026-/);
    assert.ok(fresh.inForce > 1_000);
    assert.deepEqual(freshnessOf([]), { newest: null, oldest: null, inForce: 0, stale: 0 });
  });
});
