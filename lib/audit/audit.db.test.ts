import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import type { AuditActor } from "./actor.ts";
import { recordAudit } from "./record-audit.ts";
import { readVerdict, sealAudit, verifyAudit } from "./verify-audit.ts";

const { db, sql } = await createTestDatabase();
const ana: AuditActor = {
  kind: "user",
  id: "u1",
  label: "Ana",
  origin: { ip: "192.0.2.7", userAgent: "test", requestId: "r1" },
};
const change = (id: string) =>
  ({
    actor: ana,
    action: "key.created",
    target: { kind: "key", id },
    after: { label: "ci", secret: "outlay_ak_abc_def", note: "use outlay_ik_1234_secret" },
  }) as const;

test("an entry belongs to its transaction, by either way to the database", async () => {
  await sql.begin((tx) => recordAudit(tx, change("one")));
  await db.transaction((tx) => recordAudit(tx, change("two")));
  await assert.rejects(
    db.transaction(async (tx) => {
      await recordAudit(tx, change("never"));
      throw new Error("the change failed");
    }),
  );
  const rows =
    await sql`select target_id, actor_label, ip, after, before from audit_entry order by id`;
  assert.deepEqual(
    rows.map(({ target_id }) => target_id),
    ["one", "two"],
  );
  assert.equal(rows[0]?.ip, "192.0.2.7");
  assert.equal(rows[0]?.before, null);
  assert.deepEqual(rows[0]?.after, { label: "ci", secret: "***", note: "use ***" });
});

test("the database refuses to change or remove an entry or a seal", async () => {
  await sealAudit(sql);
  for (const statement of [
    "update audit_entry set actor_label = 'Eve'",
    "delete from audit_entry",
    "truncate audit_entry cascade",
    "update audit_seal set hash = ''",
    "delete from audit_seal",
  ]) {
    await assert.rejects(sql.unsafe(statement), /append-only/, statement);
  }
});

test("a chain of many writers at once is whole, and a seal never moves", async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      sql.begin((tx) => recordAudit(tx, change(`many-${index}`))),
    ),
  );
  await Promise.all([sealAudit(sql), sealAudit(sql), sealAudit(sql)]);
  const first = await verifyAudit(sql);
  assert.equal(first.broken, null);
  assert.equal(first.entries, 42);
  assert.equal(first.position, 42);
  assert.deepEqual(await verifyAudit(sql), first);
});

test("whoever gets past the trigger is found out by the chain", async () => {
  const tamper = async (statement: string) => {
    const seen = await sql
      .begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx.unsafe(statement);
        throw Object.assign(new Error("undo"), { verdict: (await readVerdict(tx)).broken });
      })
      .catch((error: Error & { verdict?: unknown }) => error.verdict);
    return seen;
  };
  assert.deepEqual(await tamper("update audit_entry set actor_label = 'Eve' where id = 1"), {
    what: "changed",
    position: 1,
    entryId: 1,
  });
  assert.deepEqual(await tamper("delete from audit_seal where position = 20"), {
    what: "missing",
    position: 21,
    entryId: await entryAt(21),
  });
  assert.deepEqual(await tamper("delete from audit_entry where id = 2"), {
    what: "missing",
    position: 2,
    entryId: 2,
  });
  assert.equal((await verifyAudit(sql)).broken, null);
});

async function entryAt(position: number): Promise<number> {
  const [row] = await sql<{ id: number }[]>`
    select entry_id::int as id from audit_seal where position = ${position}`;
  return row?.id ?? 0;
}
