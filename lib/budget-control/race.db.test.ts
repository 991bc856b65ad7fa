import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { ADMIN, NOW, spend } from "#lib/testing/budget-spend.ts";
import { LONGEST_WAIT_MS } from "#lib/testing/in-time.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { BUDGET_CHANNEL } from "./budget-channel.ts";
import { createBudget } from "./store-budget.ts";

const { sql, url } = await createTestDatabase();
const PROCESS = fileURLToPath(new URL("../testing/alert-process.ts", import.meta.url));
const BUDGETS = 250;
const BUDGET = { scope: { team: "payments" }, period: "month", limit: "100", thresholds: [80] };

test("four workers that race for a thousand crossings give a thousand messages", async () => {
  await sql`insert into team (slug, name) values ('payments', 'Payments')`;
  for (let i = 0; i < BUDGETS; i++) {
    const input = NewBudgetInput.parse({ ...BUDGET, name: `Budget ${i}` });
    await createBudget(sql, ADMIN, input, new Date(NOW));
  }
  const workers = [1, 2, 3, 4].map(startWorker);
  after(() => workers.map((worker) => worker.kill("SIGKILL")));
  // Four thresholds one after the other, each seen by all four at once.
  for (const [index, percent] of [20, 40, 60, 80].entries()) {
    await sql`update budget set thresholds = ${sql.json([{ kind: "actual", percent }])}`;
    await spend(sql, { day: "2026-11-22", usd: "20" });
    await sql`select pg_notify(${BUDGET_CHANNEL}, '')`;
    await areWritten((index + 1) * BUDGETS);
  }
  // Each ends what it is at, and may not have found anything more to say.
  const exits = workers.map((worker) => once(worker, "exit"));
  for (const worker of workers) worker.kill("SIGTERM");
  await Promise.all(exits);
  assert.deepEqual(await messages(), { all: 4 * BUDGETS, different: 4 * BUDGETS });
});

async function areWritten(count: number): Promise<void> {
  const end = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    const { all } = await messages();
    if (all >= count) return;
    assert.ok(Date.now() < end, `${count} messages were to be written, ${all} were`);
    await wait(20);
  }
}

async function messages(): Promise<{ readonly all: number; readonly different: number }> {
  const [counts] = await sql<{ all: number; different: number }[]>`
    select count(*)::int as all,
           count(distinct (data->'budget'->>'id', data->'threshold'->>'percent'))::int as different
      from notification_event`;
  return { all: counts?.all ?? 0, different: counts?.different ?? 0 };
}

function startWorker(): ChildProcess {
  return spawn(process.execPath, [PROCESS, url, "a secret", String(NOW)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
}
