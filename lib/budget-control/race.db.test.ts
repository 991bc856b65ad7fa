import assert from "node:assert/strict";
import { test } from "node:test";
import { NewBudgetInput } from "#lib/budgets/budget-input.ts";
import { openDatabase } from "#lib/db/client.ts";
import { ADMIN, LINKS, spend } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { BudgetEvaluator } from "./evaluate.ts";
import { createBudget } from "./store-budget.ts";

const { sql, url } = await createTestDatabase();
const NOW = Date.parse("2026-11-22T16:00:00Z");
const BUDGET = {
  scope: { team: "payments" },
  period: "month",
  limit: "100",
  thresholds: [80],
};

test("four workers that race for a thousand crossings give a thousand messages", async () => {
  const budgets = 250;
  await sql`insert into team (slug, name) values ('payments', 'Payments')`;
  for (let i = 0; i < budgets; i++) {
    const input = NewBudgetInput.parse({ ...BUDGET, name: `Budget ${i}` });
    await createBudget(sql, ADMIN, input, new Date(NOW));
  }
  const workers = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const database = openDatabase(url, { maxConnections: 2 });
      return { database, evaluator: new BudgetEvaluator(database.sql, LINKS) };
    }),
  );
  try {
    // Four thresholds one after the other, each seen by all four at once.
    for (const [usd, percent] of [
      ["20", 20],
      ["20", 40],
      ["20", 60],
      ["20", 80],
    ] as const) {
      await sql`update budget set thresholds = ${sql.json([{ kind: "actual", percent }])}`;
      await spend(sql, { day: "2026-11-22", usd });
      await Promise.all(workers.map(({ evaluator }) => evaluator.evaluate(null, true, NOW)));
    }
    const [counts] = await sql`
      select count(*)::int as messages,
             count(distinct (data->'budget'->>'id', data->'threshold'->>'percent'))::int as different
        from notification_event`;
    assert.deepEqual({ ...counts }, { messages: 4 * budgets, different: 4 * budgets });
  } finally {
    await Promise.all(workers.map(({ database }) => database.close()));
  }
});
