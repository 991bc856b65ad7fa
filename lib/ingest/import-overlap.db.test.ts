import assert from "node:assert/strict";
import { test } from "node:test";
import { SYSTEM } from "#lib/audit/actor.ts";
import { importEvent } from "#lib/imports/import-event.ts";
import { importOverlaps } from "#lib/reports/import-overlaps.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { apart, batch, modelCall, NOON_MS, testPlan, tokens } from "#lib/testing/usage-events.ts";
import { Ledger } from "./commit.ts";
import { storeImport } from "./store-import.ts";

const { sql } = await createTestDatabase();
const plan = testPlan();
const DAY_MS = 86_400_000;
const ledger = new Ledger(sql, () => plan);
await ledger.commit(batch(apart(modelCall("one"), modelCall("two"))));

/** A row of a provider's report: twelve requests of one model on one day. */
const row = (told: Partial<Parameters<typeof importEvent>[0]> = {}) =>
  importEvent({
    source: "openai-usage",
    key: [JSON.stringify(told)],
    startedAtMs: NOON_MS,
    calls: 12,
    tokens: tokens(1_000, 100),
    provider: "openai",
    model: "gpt-5.5",
    ...told,
  });

const OPTIONS = {
  ...{ receivedAtMs: NOON_MS, isRehearsal: false },
  ...{ by: SYSTEM, source: "openai-usage" },
} as const;
const rehearse = async (...events: ReturnType<typeof row>[]) =>
  (await storeImport(sql, plan, events, { ...OPTIONS, isRehearsal: true })).overlaps;

test("a file that tells of days and models of telemetry is warned of before it is stored", async () => {
  assert.deepEqual(await rehearse(row(), row({ startedAtMs: NOON_MS + DAY_MS })), [
    { provider: "openai", model: "gpt-5.5", days: 1, calls: 2, tokens: 220, cost: "0" },
  ]);
  assert.deepEqual(await importOverlaps(sql, "all", {}), []);
});

test("another day, another model and a row that names its response are no overlap", async () => {
  assert.deepEqual(await rehearse(row({ startedAtMs: NOON_MS + DAY_MS })), []);
  assert.deepEqual(await rehearse(row({ model: "gpt-5.4" })), []);
  assert.deepEqual(await rehearse(row({ responseIds: ["resp_1"] })), []);
});

test("an import that cannot be put on record is not stored, and a rehearsal is not put on record", async () => {
  await rehearse(row());
  await sql`alter table audit_entry add constraint refused check (action <> 'usage.imported') not valid`;
  await assert.rejects(storeImport(sql, plan, [row()], OPTIONS), /refused/);
  await sql`alter table audit_entry drop constraint refused`;
  const [kept] = await sql`select count(*)::int as rows from usage_event where signal = 'import'`;
  assert.equal(kept?.rows, 0);
});

test("what was imported all the same stands in data quality with both sums", async () => {
  const { overlaps, stored } = await storeImport(sql, plan, [row()], OPTIONS);
  assert.deepEqual([overlaps.length, stored], [1, 1]);
  const found = await importOverlaps(sql, "all", {});
  assert.deepEqual(
    found.map(({ model, days, imported, telemetry }) => [
      model,
      days,
      imported.calls,
      imported.tokens,
      telemetry.calls,
      telemetry.tokens,
    ]),
    [["gpt-5.5", 1, 12, 1_100, 2, 220]],
  );
  assert.deepEqual(await importOverlaps(sql, { teams: ["search"], persons: "all" }, {}), []);
  assert.deepEqual(await importOverlaps(sql, "all", { from: new Date(NOON_MS + DAY_MS) }), []);
});
