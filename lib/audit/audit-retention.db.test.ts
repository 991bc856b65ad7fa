import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { setAuditRetention, trimAudit } from "./audit-retention.ts";
import { readVerdict, sealAudit, verifyAudit } from "./verify-audit.ts";

const { sql } = await createTestDatabase();
const admin = testViewer();

async function writeEntries(count: number, age: string): Promise<void> {
  await sql`
    insert into audit_entry (at, actor_kind, actor_id, actor_label, action, target_kind, target_id, result)
    select now() - ${age}::interval, 'user', 'u', 'Ana', 'key.created', 'key', n::text, 'done'
      from generate_series(1, ${count}) n`;
  await sealAudit(sql);
}

const countOf = async () =>
  (await sql<{ n: number }[]>`select count(*)::int as n from audit_entry`)[0]?.n;

test("without a retention everything stays, however old", async () => {
  await writeEntries(5, "400 days");
  await writeEntries(2, "10 days");
  await writeEntries(3, "300 days");
  assert.equal(await trimAudit(sql), 0);
  assert.equal(await countOf(), 10);
});

test("only whole days within bounds are taken, and only from admins", async () => {
  for (const days of [89, 0, -1, 90.5, Number.NaN, 36_501]) {
    await assert.rejects(setAuditRetention(sql, admin, days), { code: "invalid" });
  }
  for (const role of ["finance", "manager", "viewer"] as const) {
    await assert.rejects(setAuditRetention(sql, testViewer(role), 90), { code: "forbidden" });
  }
  await assert.rejects(sql`update organization set audit_retention_days = 1`);
});

test("the old end is cut, the chain goes on from its anchor, and the cut is on record", async () => {
  const head = (await verifyAudit(sql)).head;
  await setAuditRetention(sql, admin, 365);
  assert.equal(await trimAudit(sql), 5);
  assert.equal(await trimAudit(sql), 0, "what stands behind a younger entry stays with it");
  const verdict = await verifyAudit(sql);
  assert.deepEqual([verdict.broken, verdict.entries, verdict.position], [null, 7, 12]);
  assert.notEqual(verdict.head, head);
  const [entry] = await sql<{ after: unknown; hash: string }[]>`
    select e.after, encode(a.hash, 'hex') as hash
      from audit_entry e, audit_anchor a where e.action = 'audit.trimmed'`;
  assert.deepEqual(entry?.after, { chainBeginsAfter: 5, hash: entry?.hash });
});

test("what is cut cannot be more than what is due, whoever asks", async () => {
  for (const statement of [
    "delete from audit_entry",
    "delete from audit_seal",
    "delete from audit_seal where position > 5",
    "delete from audit_anchor",
    "update audit_anchor set position = 9",
    "insert into audit_anchor select position, hash, now(), now() from audit_seal where position = 8",
    `insert into audit_anchor select position, hash, now() - interval '366 days', now()
       from audit_seal where position = 8`,
  ]) {
    await assert.rejects(sql.unsafe(statement), /append-only/, statement);
  }
});

test("an anchor that says otherwise than the entries after it is found out", async () => {
  const found = await sql
    .begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update audit_anchor set hash = sha256('another')`;
      throw Object.assign(new Error("undo"), { broken: (await readVerdict(tx)).broken });
    })
    .catch((error: Error & { broken?: { what: string; position: number } }) => error.broken);
  assert.deepEqual([found?.what, found?.position], ["changed", 6]);
});

test("when everything is old the chain still goes on", async () => {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update audit_entry set at = at - interval '5 years'`;
    await tx`delete from audit_seal`;
    await tx`delete from audit_anchor`;
    await tx`insert into audit_unsealed select id from audit_entry on conflict do nothing`;
  });
  await sealAudit(sql);
  assert.equal(await trimAudit(sql), 7);
  const verdict = await verifyAudit(sql);
  assert.deepEqual([verdict.broken, verdict.entries], [null, 1]);
});
