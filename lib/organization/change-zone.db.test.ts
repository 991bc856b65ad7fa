import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, hexId, modelCall, NOON_MS, toolCall } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { changeZone } from "./change-zone.ts";
import { changeSettings, readFiscalCalendar, readSettings } from "./settings.ts";

const HOUR_MS = 3_600_000;
const ALWAYS = { from: null, to: null };
const { sql } = await createTestDatabase();
const change = { by: testViewer(), now: new Date(NOON_MS) };
const clock = () => new Date(NOON_MS);
const ledger = new Ledger(sql, () => plan);
let plan = await loadIngestPlan(sql);
const calls = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) =>
    modelCall(`${name}${index}`, {
      traceId: hexId(`${name} ${index}`, 32),
      startedAtMs: NOON_MS - index * 5 * HOUR_MS,
      identityOf: { session: `s${index % 3}`, user: "ann" },
    }),
  );
const days = async () => (await sql`select distinct day from usage_day order by 1`).length;

test("the rollups are built anew by the days of another zone, and nothing drifts", async () => {
  const tool = toolCall("t", { traceId: hexId("t", 32) });
  await ledger.commit(batch([...calls("a", 30), tool]));
  const before = await days();
  for (const zone of ["Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe"]) {
    await changeSettings(sql, change, { timeZone: zone });
    assert.equal((await readSettings(sql, testViewer())).zoneChange?.timeZone, zone);
    assert.equal(await changeZone(sql, clock), true);
    const settings = await readSettings(sql, testViewer());
    assert.deepEqual([settings.timeZone, settings.zoneChange], [zone, null]);
    assert.deepEqual(await verifyRollups(sql, ALWAYS), []);
    assert.equal(await changeZone(sql, clock), false);
  }
  assert.ok((await days()) >= before);
});

test("a collector that still holds the former zone cannot write into the new one", async () => {
  const stale = plan;
  await assert.rejects(ledger.commit(batch(calls("b", 3))), { code: "unavailable" });
  assert.deepEqual(await verifyRollups(sql, ALWAYS), []);
  plan = await loadIngestPlan(sql);
  assert.notEqual(plan.timeZone, stale.timeZone);
  await ledger.commit(batch(calls("b", 3)));
  assert.deepEqual(await verifyRollups(sql, ALWAYS), []);
});

test("telemetry that arrives while the zone changes is counted once, by the new days", async () => {
  await changeSettings(sql, change, { timeZone: "UTC" });
  const rebuilt = changeZone(sql, clock);
  const stored = ledger.commit(batch(calls("c", 5)));
  await rebuilt;
  plan = await loadIngestPlan(sql);
  await stored.catch(() => ledger.commit(batch(calls("c", 5))));
  assert.deepEqual(await verifyRollups(sql, ALWAYS), []);
  const [row] = await sql`select count(*)::int as rows from usage_event`;
  assert.equal(row?.rows, 30 + 1 + 3 + 5);
});

test("taking a wish back before it is carried out leaves the zone, and only admins may ask", async () => {
  await changeSettings(sql, change, { timeZone: "Asia/Taipei" });
  await changeSettings(sql, change, { timeZone: "UTC", name: "Acme", fiscalPattern: "4-4-5" });
  assert.equal(await changeZone(sql, clock), false);
  const { timeZone, name, fiscalPattern } = await readSettings(sql, testViewer("finance"));
  assert.deepEqual([timeZone, name, fiscalPattern], ["UTC", "Acme", "4-4-5"]);
  const weeks = { kind: "weeks", pattern: "4-4-5", yearStartMonth: 1, weekStart: 1 };
  assert.deepEqual(await readFiscalCalendar(sql), weeks);
  const finance = { ...change, by: testViewer("finance") };
  await assert.rejects(changeSettings(sql, finance, { name: "x" }), { code: "forbidden" });
});
