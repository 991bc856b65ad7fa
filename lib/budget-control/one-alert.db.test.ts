import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { parseAmount } from "#lib/budgets/amount.ts";
import { openDatabase } from "#lib/db/client.ts";
import { budgetBench, LINKS, NOW, spend } from "#lib/testing/budget-spend.ts";
import { inTime, LONGEST_WAIT_MS } from "#lib/testing/in-time.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { insertCrossing } from "./crossing-store.ts";
import { settleBudget } from "./settle.ts";

// Two things keep an alert from being told twice: the lock on a budget's state,
// and the unique key of its crossings. Each hides the loss of the other from
// tests that race, so that each is tried here without the other.

const { sql, url } = await createTestDatabase();
const second = openDatabase(url, { maxConnections: 3 });
after(second.close);
const other = second.sql;
const { reset, set, look, today, said } = budgetBench(sql);
const DECEMBER = Date.parse("2026-12-01T00:00:10Z");

beforeEach(reset);

test("the unique key alone lets only one of two transactions mark a crossing", async () => {
  const budget = await set();
  const crossing = {
    ...{ budgetId: budget.id, periodStart: NOW, limitKey: "1", basis: "actual" as const },
    ...{ percent: 80, arming: 0, at: NOW, spent: parseAmount("85"), limit: parseAmount("100") },
    ...{ silentBecause: null, heldUntil: null },
  };
  const mark = (pool: typeof sql) => pool.begin((tx) => insertCrossing(tx, crossing));
  const ids = await Promise.all([mark(sql), mark(other), mark(sql), mark(other)]);
  assert.equal(ids.filter((id) => id !== null).length, 1);
});

test("the lock alone lets only one of two workers announce a new period and tell its crossings", async () => {
  const { id } = await set();
  await today("10");
  await look();
  await spend(sql, { day: "2026-12-01", usd: "85" });
  await sql`drop index budget_crossing_once`;
  await whileLocked(id, 2, async () => [
    settleBudget(sql, id, DECEMBER, LINKS),
    settleBudget(other, id, DECEMBER, LINKS),
  ]);
  assert.deepEqual(
    (await said()).map(({ type, percent }) => [type, percent]),
    [
      ["budget.period_started", null],
      ["budget.threshold_crossed", 80],
    ],
  );
  await sql`
    create unique index budget_crossing_once
        on budget_crossing (budget_id, period_start, limit_key, basis, percent, arming)`;
});

test("a worker that waited for the lock goes by what is spent then, not by what it saw before", async () => {
  const { id } = await set();
  await today("10");
  await look();
  await whileLocked(id, 1, async () => {
    const settling = settleBudget(sql, id, NOW, LINKS);
    await lockIsAwaited(1);
    await spend(other, { day: "2026-11-22", usd: "75" });
    return [settling];
  });
  assert.deepEqual(
    (await said()).map(({ percent, spent }) => [percent, spent]),
    [[80, "85"]],
  );
});

/** Begins work on a budget while its state is locked, and lets go when all of it waits. */
async function whileLocked(
  id: string,
  workers: number,
  begin: () => Promise<readonly Promise<unknown>[]>,
): Promise<void> {
  const works = await other.begin(async (tx) => {
    await tx`select from budget_state where budget_id = ${id} for update`;
    const begun = await begin();
    await lockIsAwaited(workers);
    return { begun };
  });
  await inTime(Promise.all(works.begun), () => "the end of work that waited for a lock");
}

async function lockIsAwaited(workers: number): Promise<void> {
  const end = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const [found] = await sql<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`;
    if (found?.count === workers) return;
    assert.ok(Date.now() < end, `${workers} were to wait for the lock, ${found?.count} do`);
    await wait(10);
  }
}
