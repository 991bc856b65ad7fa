import assert from "node:assert/strict";
import { test } from "node:test";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { storableScopes } from "./key-scopes.ts";
import { keyViewer } from "./key-viewer.ts";
import { createKey, findKey, revokeKey } from "./keys.ts";
import { listKeys } from "./list-keys.ts";
import { rotateKey } from "./rotate-key.ts";

const { db, sql } = await createTestDatabase();
const now = new Date("2026-11-22T12:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const HOUR_MS = 3_600_000;
const works = async (secret: string, at = now) => (await findKey(sql, secret, at)) !== null;

test("after a rotation both secrets work until the chosen moment, then the new one alone", async () => {
  const { id, secret: old } = await createKey(db, SYSTEM, {
    kind: "ingest",
    team: null,
    label: "ci",
  });
  const { secret } = await rotateKey(db, SYSTEM, id, { oldUntil: later(HOUR_MS), now });
  assert.notEqual(secret, old);
  assert.deepEqual([await works(old), await works(secret)], [true, true]);
  assert.equal((await findKey(sql, old, now))?.endsAt?.getTime(), later(HOUR_MS).getTime());
  assert.deepEqual(
    [await works(old, later(HOUR_MS)), await works(secret, later(HOUR_MS))],
    [false, true],
  );

  // A second rotation ends the first secret, and without overlap the second too.
  const { secret: third } = await rotateKey(db, SYSTEM, id, { oldUntil: null, now });
  assert.deepEqual(
    [await works(old), await works(secret), await works(third)],
    [false, false, true],
  );
  await revokeKey(db, SYSTEM, id, now);
  assert.equal(await works(third), false);
  await assert.rejects(rotateKey(db, SYSTEM, id, { oldUntil: null, now }), { code: "not_found" });
});

test("an old secret goes on for thirty days at most, and revoking ends both", async () => {
  const { id, secret: old } = await createKey(db, SYSTEM, { kind: "api", team: null, label: "" });
  for (const oldUntil of [later(-1), later(31 * 24 * HOUR_MS)]) {
    await assert.rejects(rotateKey(db, SYSTEM, id, { oldUntil, now }), { code: "invalid" });
  }
  const { secret } = await rotateKey(db, SYSTEM, id, { oldUntil: later(HOUR_MS), now });
  await revokeKey(db, SYSTEM, id, now);
  assert.deepEqual([await works(old), await works(secret)], [false, false]);
});

test("a key has the scopes that it was given, and only those of its kind", async () => {
  assert.equal(storableScopes("ingest", ["read"]), undefined);
  assert.equal(storableScopes("api", []), undefined);
  const { id, secret } = await createKey(db, SYSTEM, {
    ...{ kind: "ingest", team: null, label: "logs only" },
    scopes: ["logs"],
  });
  assert.deepEqual((await findKey(sql, secret, now))?.scopes, ["logs"]);
  assert.deepEqual((await listKeys(sql, now)).find((key) => key.id === id)?.scopes, ["logs"]);
  const usual = await createKey(db, SYSTEM, { kind: "api", team: null, label: "" });
  assert.deepEqual((await findKey(sql, usual.secret, now))?.scopes, ["read", "write"]);
});

test("making, rotating and revoking are on record, without any secret", async () => {
  const rows = await sql`select action, before, after from audit_entry`;
  assert.deepEqual([...new Set(rows.map(({ action }) => action))].sort(), [
    "key.created",
    "key.revoked",
    "key.rotated",
  ]);
  assert.doesNotMatch(JSON.stringify(rows), /outlay_(ik|ak)_/);
});

test("the first use of a key is on record, once, with where it came from", async () => {
  const { secret, id } = await createKey(db, SYSTEM, { kind: "api", label: "first", team: null });
  const origin = { ip: "192.0.2.7", userAgent: "curl", requestId: "r" };
  await Promise.all([1, 2, 3].map(() => keyViewer({ sql, db }, secret, now, origin)));
  await keyViewer({ sql, db }, secret, new Date(now.getTime() + 60_000), origin);
  const entries = await sql`
    select actor_kind, actor_id, actor_label, ip from audit_entry
     where action = 'key.first_used' and target_id = ${id}`;
  assert.deepEqual(
    entries.map((entry) => ({ ...entry })),
    [{ actor_kind: "key", actor_id: id, actor_label: "first", ip: "192.0.2.7" }],
  );
});
