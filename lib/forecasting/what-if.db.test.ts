import assert from "node:assert/strict";
import { test } from "node:test";
import type { Viewer } from "#lib/access/viewer.ts";
import { toDecimal } from "#lib/money/money.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { NOW } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { answerWhatIf } from "./read-usage-rows.ts";
import { archiveScenario, listScenarios, saveScenario } from "./scenarios.ts";

const { sql } = await createTestDatabase();
const ADMIN = testViewer();
const MANAGER: Viewer = { ...testViewer("manager", ["payments"]), id: "mia" };
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
  assert.deepEqual(whole.teams.map(({ team, scenario }) => [team, toDecimal(scenario)]).sort(), [
    ["payments", "20"],
    ["search", "20"],
  ]);
  assert.equal(new Date(whole.period.fromMs).toISOString(), "2026-10-23T00:00:00.000Z");
  const own = await answerWhatIf(sql, MANAGER, {}, NOW);
  assert.deepEqual([own.actual, own.scenario].map(toDecimal), ["40", "40"]);
  for (const scope of ["organization", "team:search"]) {
    await assert.rejects(answerWhatIf(sql, MANAGER, { scope }, NOW), code("not_found"));
  }
});

test("scenarios are one's own until shared, and then of whoever sees their scope", async () => {
  const at = new Date(NOW);
  const input = { name: "All in batch", question: { batch_share: "1" }, shared: true };
  const colleague = { ...testViewer("manager", ["payments", "search"]), id: "kim" };
  const idsOf = async (viewer: Viewer) => (await listScenarios(sql, viewer)).map(({ id }) => id);
  const own = await saveScenario(sql, MANAGER, { ...input, shared: false }, at);
  const shared = await saveScenario(sql, MANAGER, { ...input, name: "Shared" }, at);
  const whole = await saveScenario(sql, ADMIN, { ...input, name: "Whole" }, at);
  assert.deepEqual(own.question, { batch_share: "1", scope: "team:payments" });
  assert.deepEqual(await idsOf(MANAGER), [own.id, shared.id]);
  assert.deepEqual(await idsOf(colleague), [shared.id]);
  assert.deepEqual(await idsOf(ADMIN), [shared.id, whole.id]);
  const viewer = testViewer("viewer", ["payments"]);
  await assert.rejects(saveScenario(sql, viewer, input, at), code("forbidden"));
  for (const [whose, id] of [
    [MANAGER, whole.id],
    [colleague, shared.id],
    [ADMIN, own.id],
  ] as const) {
    await assert.rejects(archiveScenario(sql, whose, id, at), code("not_found"));
  }
  await archiveScenario(sql, MANAGER, own.id, at);
  await archiveScenario(sql, ADMIN, shared.id, at);
  assert.deepEqual(await idsOf(MANAGER), []);
});
