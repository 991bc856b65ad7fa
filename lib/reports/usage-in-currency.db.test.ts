import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readRateFile } from "#lib/currency/rate-file.ts";
import { importRates } from "#lib/currency/rate-store.ts";
import { type CurrencyAmount, parseUsd, toDecimal } from "#lib/money/money.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { type FixtureEvent, fillLedger } from "./ledger-fixture.ts";
import { streamUsageInCurrency, usageInCurrency } from "./usage-in-currency.ts";
import type { UsageQuery } from "./usage-query.ts";

const database = await createTestDatabase();
const { sql } = database;

const NOW = new Date("2026-11-22T12:00:00Z");
const call = (name: string, at: string, team: string, usd: string): FixtureEvent => ({
  name,
  startedAtMs: Date.parse(at),
  dimensions: { kind: "model_call", team, status: "ok" },
  user: null,
  session: null,
  calls: 1,
  tokens: null,
  cost: parseUsd(usd),
  listCost: parseUsd(usd),
  costStatus: "priced",
  counted: true,
});
await fillLedger(
  sql,
  [
    call("a", "2026-11-19T10:00:00Z", "payments", "1"),
    call("b", "2026-11-20T10:00:00Z", "payments", "1"),
    call("c", "2026-11-20T23:30:00Z", "search", "2"),
  ],
  "UTC",
);
// Thirds, so that each row is rounded.
await importRates(sql, readRateFile("Date,USD\n2026-11-19,3\n2026-11-20,1.5\n2026-11-21,6\n"), {
  by: { kind: "cli", id: "test", label: "test" },
  isRehearsal: false,
});

const query = (more: Partial<UsageQuery> = {}): UsageQuery => ({
  from: new Date("2026-11-01T00:00:00Z"),
  to: new Date("2026-12-01T00:00:00Z"),
  groupBy: ["team"],
  bucket: "day",
  timeZone: "UTC",
  costBasis: "effective",
  filters: {},
  ...more,
});
const choice = { currency: "EUR", now: NOW };
const read = (more: Partial<UsageQuery> = {}) => usageInCurrency(sql, "all", query(more), choice);

describe("usage in another currency", () => {
  test("converts each day by its own rate, and adds up to the last digit", async () => {
    const { rows, total } = await read();
    assert.deepEqual(
      rows.map(({ group, measures, rate }) => [group.team, toDecimal(measures.cost), rate.date]),
      [
        ["payments", "0.333333333333333333", "2026-11-19"],
        ["search", "1.333333333333333333", "2026-11-20"],
        ["payments", "0.666666666666666667", "2026-11-20"],
      ],
    );
    assert.equal(toDecimal(total.cost), "2.333333333333333333");
    const sum = rows.reduce((all, { measures }) => all + measures.listCost, 0n);
    assert.equal(total.listCost, sum as CurrencyAmount);
  });

  test("takes the rate of today for a bucket that goes on, and of its last day for one that is over", async () => {
    const months = await read({ bucket: "month", groupBy: [] });
    assert.deepEqual(
      months.rows.map(({ measures, rate }) => [toDecimal(measures.cost), rate.date, rate.ageDays]),
      [["0.666666666666666667", "2026-11-21", 1]],
    );
    const short = await read({ bucket: "none", groupBy: [], to: new Date("2026-11-21T00:00:00Z") });
    assert.deepEqual(
      short.rows.map(({ rate }) => rate.date),
      ["2026-11-20"],
    );
  });

  test("days are those of the zone that was asked for", async () => {
    const { rows } = await read({ timeZone: "Asia/Taipei" });
    assert.deepEqual(
      rows.map(({ group, rate }) => [group.team, rate.date]),
      [
        ["payments", "2026-11-19"],
        ["payments", "2026-11-20"],
        ["search", "2026-11-21"],
      ],
    );
  });

  test("the total is over all rows, whatever page is asked for", async () => {
    const page = { limit: 1, offset: 1 };
    const { rows, total, rowCount } = await usageInCurrency(sql, "all", query(), choice, page);
    assert.deepEqual(
      rows.map(({ group }) => group.team),
      ["search"],
    );
    assert.deepEqual([toDecimal(total.cost), rowCount], ["2.333333333333333333", 3]);
  });

  test("a streamed file has the same rows and total", async () => {
    const whole = await read();
    const streamed: unknown[] = [];
    await streamUsageInCurrency(sql, "all", query(), choice, async ({ total }) => {
      streamed.push(total.cost);
      return async (rows) => void streamed.push(...rows);
    });
    assert.deepEqual(streamed, [whole.total.cost, ...whole.rows]);
  });

  test("sees the viewer's teams only", async () => {
    const { total } = await usageInCurrency(
      sql,
      { teams: ["search"], persons: "none" } as const,
      query(),
      choice,
    );
    assert.equal(toDecimal(total.cost), "1.333333333333333333");
  });

  test("says which day has no rate, and converts nothing", async () => {
    const yen = { currency: "JPY", now: NOW };
    await assert.rejects(
      usageInCurrency(sql, "all", query(), yen),
      /no exchange rate of JPY on or before 2026-11-19/,
    );
  });
});
