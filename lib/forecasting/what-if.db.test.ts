import assert from "node:assert/strict";
import { test } from "node:test";
import { toDecimal } from "#lib/money/money.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { NOW } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { answerWhatIf } from "./read-usage-rows.ts";
import { archiveScenario, listScenarios, saveScenario } from "./scenarios.ts";

const { sql } = await createTestDatabase();
const ADMIN = testViewer();
const MANAGER = testViewer("manager", ["payments"]);
const code = (expected: string) => (error: unknown) =>
  (error as { code?: string }).code === expected;

const query = { provider: "openai", model: "gpt-5.5", tier: "standard", contextTokens: 1_000 };
const { rateSet } = (await loadPricing(sql)).resolve({ ...query, atMs: NOW }, "payments");
await sql`
  insert into rate_set (id, status, provider, model, content)
  values (${rateSet.id}::text::int8, 'priced', 'openai', 'gpt-5.5',
          ${JSON.stringify(rateSet)}::text::jsonb)`;
for (const [id, team] of [
  [1, "payments"],
  [2, "search"],
] as const) {
  await sql`
    insert into dimension_set (id, kind, team, model, provider, dialect, status)
    values (${id}, 'model_call', ${team}, 'gpt-5.5', 'openai', 'otel-genai', 'ok')`;
  // The day before yesterday, and one that is too long ago.
  for (const day of ["2026-11-20", "2026-10-01"]) {
    await sql`
      insert into usage_day (day, dimension_set_id, rate_set_id, model_calls, input_uncached,
                             output, cost, list_cost)
      values (${day}::text::timestamptz, ${id}, ${rateSet.id}::text::int8, 1000, 2000000, 1000000,
              40, 40)`;
  }
}

test("the last 30 days are replayed, of the scopes that the viewer may see", async () => {
  const whole = await answerWhatIf(sql, ADMIN, { batch_share: "1" }, NOW);
  assert.deepEqual([whole.actual, whole.scenario].map(toDecimal), ["80", "40"]);
  const own = await answerWhatIf(sql, MANAGER, {}, NOW);
  assert.deepEqual([own.actual, own.scenario].map(toDecimal), ["40", "40"]);
  for (const scope of ["organization", "team:search"]) {
    await assert.rejects(answerWhatIf(sql, MANAGER, { scope }, NOW), code("not_found"));
  }
});

test("scenarios are saved, listed to whoever sees their scope, and put away", async () => {
  const at = new Date(NOW);
  const input = { name: "All in batch", question: { batch_share: "1" } };
  const own = await saveScenario(sql, MANAGER, input, at);
  const whole = await saveScenario(sql, ADMIN, input, at);
  assert.deepEqual(own.question, { batch_share: "1", scope: "team:payments" });
  assert.deepEqual(
    (await listScenarios(sql, MANAGER)).map(({ id }) => id),
    [own.id],
  );
  const viewer = testViewer("viewer", ["payments"]);
  await assert.rejects(saveScenario(sql, viewer, input, at), code("forbidden"));
  await assert.rejects(archiveScenario(sql, MANAGER, whole.id, at), code("not_found"));
  await archiveScenario(sql, MANAGER, own.id, at);
  assert.deepEqual(
    (await listScenarios(sql, ADMIN)).map(({ id }) => id),
    [whole.id],
  );
});
