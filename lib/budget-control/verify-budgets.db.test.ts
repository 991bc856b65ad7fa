import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { ADMIN, budgetBench } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, NOON_MS, testPlan, toolCall } from "#lib/testing/usage-events.ts";
import { budgetDetail } from "./read-budgets.ts";
import { verifyBudgets } from "./verify-budgets.ts";

const { sql } = await createTestDatabase();
const { reset, set } = budgetBench(sql);
const ALL = { from: null, to: null };

beforeEach(reset);

test("spend of a budget is what its calls in the ledger come to, and a figure that is not is named", async () => {
  const ledger = new Ledger(sql, testPlan);
  await ledger.commit(batch([modelCall("a"), modelCall("b"), toolCall("c")]));
  const { id } = await set({ scope: {}, limit: "10" });
  await set({ name: "By model", scope: { model: "gpt-5.5" }, currency: "tokens", limit: "1000" });
  const [usage] = await sql<{ cost: string }[]>`
    select trim_scale(sum(cost))::text as cost from usage_event where counted`;
  const { status } = await budgetDetail(sql, ADMIN, id, NOON_MS);
  assert.equal(status.spent, BigInt(Math.round(Number(usage?.cost) * 1e9)) * 10n ** 9n);
  assert.deepEqual(await verifyBudgets(sql, ALL, NOON_MS), []);
  await sql`update usage_day set output = output + 1 where output > 0`;
  const drifts = await verifyBudgets(sql, ALL, NOON_MS);
  assert.deepEqual(drifts.map(({ name, day }) => [name, day]).sort(), [
    ["By model", "2026-11-22"],
    ["Payments November", "2026-11-22"],
  ]);
});
