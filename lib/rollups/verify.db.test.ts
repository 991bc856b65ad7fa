import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, NOON_MS, tokens, toolCall } from "#lib/testing/usage-events.ts";
import { dayStart } from "#lib/time/zone.ts";
import { LEDGER_SUMS } from "./ledger-sums.ts";
import { ROLLUP_TABLES } from "./rollup-tables.ts";
import { verifyRollups } from "./verify.ts";

const DAY_MS = 86_400_000;
const ZONE = "Asia/Kathmandu";
const ALWAYS = { from: null, to: null };

const { sql } = await createTestDatabase();
await sql`update organization set time_zone = ${ZONE}`;
const plan = await loadIngestPlan(sql);
const session = { identityOf: { session: "s", user: "ann" } };
await new Ledger(sql, () => plan).commit(
  batch([
    modelCall("a", session),
    modelCall("b", { ...session, status: "error", attempt: 2 }),
    modelCall("c", { traceId: "c".repeat(32), model: "nobody-knows", tokens: tokens(7, 7) }),
    toolCall("d", session),
    modelCall("yesterday", { traceId: "d".repeat(32), startedAtMs: NOON_MS - DAY_MS }),
  ]),
);

test("a ledger as it was written drifts nowhere", async () => {
  assert.deepEqual(await verifyRollups(sql, ALWAYS), []);
});

/** Plants one drift, looks for it, and takes it away again. */
async function found(change: string, period: Parameters<typeof verifyRollups>[1] = ALWAYS) {
  const undone = new Error("undone");
  let drifts: Awaited<ReturnType<typeof verifyRollups>> = [];
  await sql
    .begin(async (tx) => {
      await tx.unsafe(change);
      // The check opens a transaction of its own; here it must see this one's.
      const within = Object.assign(tx, {
        begin: (_: string, run: (tx: unknown) => unknown) => run(tx),
      });
      drifts = await verifyRollups(within as never, period);
      throw undone;
    })
    .catch((error) => {
      if (error !== undone) throw error;
    });
  return drifts;
}

describe("one planted drift is found, by its name, and nothing else", () => {
  for (const { table, keys } of ROLLUP_TABLES) {
    const aRow = `ctid = (select min(ctid) from ${table})`;
    for (const [measure] of LEDGER_SUMS) {
      test(`${table}.${measure}`, async () => {
        const by = measure.endsWith("cost") ? "0.000000000000000001" : "1";
        const drifts = await found(
          `update ${table} set ${measure} = ${measure} + ${by} where ${aRow}`,
        );
        assert.deepEqual(
          drifts.map((drift) => [drift.table, drift.measure]),
          [[table, measure]],
        );
        const [drift] = drifts;
        assert.deepEqual(
          Object.keys(drift?.key ?? {}).sort(),
          keys.map(({ column }) => column).sort(),
        );
        assert.notEqual(drift?.rollup, drift?.ledger);
      });
    }

    test(`a row that is missing in ${table}`, async () => {
      const drifts = await found(`delete from ${table} where ${aRow}`);
      assert.ok(drifts.length > 0);
      assert.ok(drifts.every((drift) => drift.table === table && drift.rollup === "0"));
    });
  }

  test("a row of the ledger that no rollup knows", async () => {
    const drifts = await found(
      "update usage_event set output = output + 1 where attributes->>'name' = 'a'",
    );
    assert.deepEqual(
      drifts.map(({ table, measure }) => `${table}.${measure}`).sort(),
      ROLLUP_TABLES.map(({ table }) => `${table}.output`).sort(),
    );
  });

  test("a row of the ledger that stopped counting", async () => {
    const drifts = await found(
      "update usage_event set counted = false where attributes->>'name' = 'c'",
    );
    const tables = new Set(drifts.map(({ table }) => table));
    assert.ok(!tables.has("session"), "it has no session");
    assert.ok(tables.has("usage_hour") && tables.has("usage_day") && tables.has("usage_day_user"));
  });
});

test("a period finds only what drifts in it", async () => {
  const yesterday = `hour < '${new Date(NOON_MS - DAY_MS / 2).toISOString()}'`;
  const change = `update usage_hour set output = output + 1 where ${yesterday}`;
  const day = (back: number) => new Date(dayStart(NOON_MS, ZONE) - back * DAY_MS);
  assert.equal((await found(change, { from: day(1), to: day(0) })).length, 1);
  assert.equal((await found(change, { from: day(0), to: null })).length, 0);
  assert.equal((await found(change, { from: null, to: day(1) })).length, 0);
  assert.deepEqual(await verifyRollups(sql, ALWAYS), []);
});
