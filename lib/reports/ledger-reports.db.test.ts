import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { priceUsage } from "#lib/pricing/price-usage.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { dataQuality } from "./data-quality.ts";
import { listEvents } from "./events.ts";
import { at, CALL, NOON, TOOL } from "./fixture-events.ts";
import { fillLedger, fixtureId } from "./ledger-fixture.ts";
import { eventReceipt } from "./receipt.ts";
import { todayTotals } from "./today.ts";
import { toolCallReport } from "./tool-calls.ts";
import type { CostBasis } from "./usage-query.ts";

const { sql } = await createTestDatabase();

test("events come newest first, page by page, within the viewer's teams", async () => {
  const search = { ...CALL.dimensions, team: "search" };
  const events = Array.from({ length: 9 }, (_, n) =>
    // Three share an instant: the id keeps them apart.
    at(CALL, `e${n}`, Math.floor(n / 3), n % 4 === 3 ? { dimensions: search } : {}),
  );
  await fillLedger(sql, events, "UTC");
  const visible = events.filter((e) => e.dimensions.team === "payments");
  const seen: string[] = [];
  let after: Parameters<typeof listEvents>[2]["after"];
  do {
    const page = await listEvents(
      sql,
      { teams: ["payments"], persons: "all" },
      {
        filters: {},
        limit: 2,
        ...(after === undefined ? {} : { after }),
      },
    );
    assert.ok(page.events.length <= 2);
    seen.push(...page.events.map((event) => event.id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  const expected = visible
    .toSorted((a, b) => b.startedAtMs - a.startedAtMs || (fixtureId(a) < fixtureId(b) ? 1 : -1))
    .map(fixtureId);
  assert.deepEqual(seen, expected);
});

test("a receipt's lines come to the ledger's cost exactly, from the stored rate set", async () => {
  const tokens = {
    ...NO_TOKENS,
    input_uncached: 10_001,
    cache_read: 40_007,
    output: 1_003,
    reasoning: 300,
  };
  const priced = priceUsage(loadPriceBook(), {
    provider: "openai",
    model: "gpt-5.5",
    atMs: NOON,
    tokens,
  });
  assert.equal(priced.status, "priced");
  const event = at(CALL, "priced", 0, {
    tokens,
    cost: priced.usd,
    listCost: priced.listUsd,
    more: { rate_set_id: priced.rateSet.id },
  });
  await fillLedger(sql, [event], "UTC");
  await sql`insert into rate_set (id, status, provider, model, content)
    values (${priced.rateSet.id}, 'priced', 'openai', 'gpt-5.5', ${sql.json(priced.rateSet as never)})`;
  const receipt = await eventReceipt(sql, "all", fixtureId(event));
  assert.ok(receipt !== null);
  assert.equal(receipt.reconciles, true);
  assert.equal(receipt.sum, priced.usd);
  const sum = receipt.lines.reduce((total, { amount }) => total + parseUsd(amount ?? "0"), 0n);
  assert.equal(toDecimal(sum as Usd), toDecimal(priced.usd ?? (0n as Usd)));
  assert.deepEqual(
    receipt.lines.map(({ unit, quantity }) => [unit, quantity]),
    [
      ["input_uncached", 10_001],
      ["cache_read", 40_007],
      ["output", 1_003],
    ],
  );
  assert.equal(
    await eventReceipt(sql, { teams: ["search"], persons: "all" }, fixtureId(event)),
    null,
  );
  assert.equal(await eventReceipt(sql, "all", "no-such-id"), null);
});

test("a receipt that does not explain the ledger's cost says so", async () => {
  await fillLedger(sql, [CALL], "UTC");
  const receipt = await eventReceipt(sql, "all", fixtureId(CALL));
  assert.equal(receipt?.reconciles, false);
  assert.deepEqual(
    receipt.lines.map(({ unit, rate, amount }) => [unit, rate, amount]),
    [
      ["input_uncached", null, null],
      ["output", null, null],
    ],
  );
});

test("tool calls are told by how they ended", async () => {
  const ended = (status: "error" | "rejected") => ({ dimensions: { ...TOOL.dimensions, status } });
  await fillLedger(
    sql,
    [
      at(TOOL, "1", 0, {
        cost: parseUsd("0.01"),
        listCost: parseUsd("0.01"),
        costStatus: "priced",
      }),
      at(TOOL, "2", 1, ended("error")),
      at(TOOL, "3", 2, ended("rejected")),
      CALL,
    ],
    "UTC",
  );
  const report = await toolCallReport(sql, "all", {
    from: new Date("2026-11-20T00:00:00Z"),
    to: new Date("2026-11-21T00:00:00Z"),
    groupBy: ["tool"],
    costBasis: "effective",
    filters: {},
  });
  const row = {
    ...{ calls: 3, ok: 1, errors: 1, rejected: 1 },
    ...{ cost: parseUsd("0.01"), unpricedCalls: 0 },
  };
  assert.deepEqual(report.rows, [{ group: { tool: "grep" }, ...row }]);
  assert.deepEqual(report.total, row);
});

test("today is the organisation's day", async () => {
  const midnight = Date.parse("2026-11-20T18:15:00Z");
  const before = at(CALL, "before", (midnight - 1 - NOON) / 1000);
  await fillLedger(sql, [before, at(CALL, "after", (midnight - NOON) / 1000)], "Asia/Kathmandu");
  const today = await todayTotals(sql, "all", midnight + 5);
  assert.equal(today.from.getTime(), midnight);
  assert.equal(today.total.modelCalls, 1);
});

test("data quality names what stands between telemetry and figures", async () => {
  const unknown = { ...CALL.dimensions, model: "mystery-9", provider: "acme" };
  const lost = { ...CALL.dimensions, team: "unallocated", service: "batch" };
  const copy = at(CALL, "copy", 1, { counted: false, more: { twin_of: fixtureId(CALL) } });
  await fillLedger(
    sql,
    [
      CALL,
      copy,
      at(CALL, "unpriced", 7_200, {
        dimensions: unknown,
        cost: null,
        listCost: null,
        costStatus: "unpriced",
      }),
      at(CALL, "lost", 3, { dimensions: lost, more: { key_id: "k1" } }),
      at(CALL, "skewed", 4, { more: { flags: "{clock_skew,usage_missing}" } }),
    ],
    "UTC",
  );
  await sql`insert into rejection (hour, key_id, signal, reason, example, count, last_at)
    values ('2026-11-20T12:00:00Z', 'k1', 'span', 'no start time', 'x', 2, '2026-11-20T12:10:00Z'),
           ('2026-11-20T13:00:00Z', 'k1', 'span', 'no start time', 'y', 3, '2026-11-20T13:10:00Z')`;
  const found = await dataQuality(sql, "all", {});
  assert.deepEqual(
    found.rejected.map(({ reason, count, example, keyId }) => [reason, count, example, keyId]),
    [["no start time", 5, "y", "k1"]],
  );
  assert.deepEqual(found.unpriced, [
    {
      provider: "acme",
      model: "mystery-9",
      reason: "no_price",
      calls: 1,
      tokens: 110,
      firstSeen: new Date("2026-11-20T14:00:00Z"),
      lastSeen: new Date("2026-11-20T14:00:00Z"),
    },
  ]);
  assert.equal(toDecimal(found.unallocated.cost), "0.5");
  assert.equal(toDecimal(found.unallocated.totalCost), "1.5");
  assert.deepEqual(
    found.unallocated.sources.map(({ service, modelCalls }) => [service, modelCalls]),
    [["batch", 1]],
  );
  assert.deepEqual(found.notCounted, [
    {
      name: "same_call",
      count: 1,
      examples: [
        { id: fixtureId(copy), startedAt: new Date(copy.startedAtMs), twinOf: fixtureId(CALL) },
      ],
    },
  ]);
  assert.equal(found.clockSkew.count, 1);
  assert.deepEqual(
    found.flags.map(({ name, count }) => [name, count]),
    [["usage_missing", 1]],
  );
  assert.deepEqual(
    found.unallocatedKeys.map(({ name, count }) => [name, count]),
    [["k1", 1]],
  );

  const ofSearch = await dataQuality(sql, { teams: ["search"], persons: "all" }, {});
  assert.deepEqual([ofSearch.rejected, ofSearch.unpriced, ofSearch.notCounted], [[], [], []]);
});

test("the unallocated spend of a period is that of the days that touch it", async () => {
  const lost = {
    dimensions: { ...CALL.dimensions, team: "unallocated" },
    listCost: parseUsd("0.75"),
  };
  const midnight = Date.parse("2026-11-20T18:15:00Z");
  const before = at(CALL, "before", (midnight - 1 - NOON) / 1000, lost);
  await fillLedger(
    sql,
    [before, at(CALL, "after", (midnight - NOON) / 1000, lost)],
    "Asia/Kathmandu",
  );
  const spendFrom = async (ms: number, costBasis: CostBasis = "effective") => {
    const { unallocated } = await dataQuality(sql, "all", { from: new Date(ms), costBasis });
    assert.equal(unallocated.cost, unallocated.totalCost);
    return toDecimal(unallocated.cost);
  };
  assert.equal(await spendFrom(midnight), "0.5");
  assert.equal(await spendFrom(midnight - 1), "1");
  assert.equal(await spendFrom(midnight - 1, "list"), "1.5");
});
