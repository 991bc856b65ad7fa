import assert from "node:assert/strict";
import { test } from "node:test";
import { toDecimal } from "#lib/money/money.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { priceUsage } from "#lib/pricing/price-usage.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { at, CALL, NOON } from "./fixture-events.ts";
import { fillLedger } from "./ledger-fixture.ts";
import { modelCosts } from "./model-costs.ts";

const { sql } = await createTestDatabase();
const DAY = {
  from: new Date("2026-11-20T00:00:00Z"),
  to: new Date("2026-11-21T00:00:00Z"),
  filters: {},
};

test("each class costs its tokens times the rates of their calls", async () => {
  const tokens = {
    ...NO_TOKENS,
    input_uncached: 1_000_000,
    cache_read: 2_000_000,
    output: 500_000,
  };
  const priced = priceUsage(loadPriceBook(), {
    provider: "openai",
    model: "gpt-5.5",
    atMs: NOON,
    tokens,
  });
  const { rateSet } = priced;
  const dimensions = { ...CALL.dimensions, provider: "openai", model: "gpt-5.5" };
  await fillLedger(sql, [at(CALL, "1", 0, { dimensions, tokens })], "UTC");
  await sql`insert into rate_set (id, status, provider, model, content)
    values (${rateSet.id}, 'priced', 'openai', 'gpt-5.5', ${sql.json(rateSet as never)})`;
  await sql`update usage_day set rate_set_id = ${rateSet.id}`;
  const found = await modelCosts(sql, "all", DAY);
  const [{ provider, model, classes, caching, priceChangedAt } = {}] = found;
  assert.deepEqual([provider, model, priceChangedAt], ["openai", "gpt-5.5", null]);
  const line = (unit: string) => priced.lines.find((one) => one.unit === unit)?.cost;
  assert.ok(classes !== undefined);
  assert.deepEqual(Object.keys(classes).toSorted(), ["cache_read", "input_uncached", "output"]);
  assert.equal(classes.cache_read?.tokens, 2_000_000);
  for (const name of ["input_uncached", "cache_read", "output"] as const) {
    assert.equal(classes[name]?.cost, line(name), name);
    assert.notEqual(toDecimal(classes[name]?.cost ?? (0n as never)), "0");
  }
  const read = line("cache_read") ?? 0n;
  assert.equal(caching?.net, 2n * (line("input_uncached") ?? 0n) - read);
  assert.equal((await modelCosts(sql, { teams: ["search"], persons: "all" }, DAY)).length, 0);
  assert.equal((await modelCosts(sql, "all", { ...DAY, from: DAY.to })).length, 0);
});
