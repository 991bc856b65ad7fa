import assert from "node:assert/strict";
import { test } from "node:test";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { createAuth } from "./create-auth.ts";
import { listPeople, shutOut } from "./manage-users.ts";
import {
  createInvitation,
  createReset,
  findLink,
  followLink,
  listInvitations,
  withdrawInvitation,
} from "./one-time-links.ts";

const { db, sql } = await createTestDatabase();
const publicUrl = "http://127.0.0.1:3000";
const auth = createAuth({ db, secret: "a secret of tests", publicUrl, trustedOrigins: [] });
const now = new Date("2026-11-22T12:00:00Z");
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const email = "ben@acme.example";
const given = { name: "Ben", password: "correct horse battery" };
const follow = (token: string, at = now) => followLink(db, undefined, token, given, at);
const signIn = (password: string) => auth.api.signInEmail({ body: { email, password } });

test("an invitation makes one person with the role and teams of the invitation", async () => {
  const invitation = { email, role: "manager", teams: ["payments"] } as const;
  const first = await createInvitation(db, SYSTEM, { ...invitation, teams: ["payments"] }, now);
  const token = await createInvitation(db, SYSTEM, { ...invitation, teams: ["payments"] }, now);
  assert.equal(await findLink(db, first, now), null);
  assert.equal((await listInvitations(db, now)).length, 1);
  assert.equal(await follow(token, hours(24 * 7)), null);
  const followed = await Promise.all([follow(token), follow(token), follow(token)]);
  assert.deepEqual(
    followed.filter((answer) => answer !== null),
    [email],
  );
  const [person] = await listPeople(sql);
  assert.deepEqual([person?.role, person?.teams], ["manager", ["payments"]]);
  assert.equal((await signIn(given.password)).user.email, email);
  await assert.rejects(createInvitation(db, SYSTEM, { ...invitation, teams: [] }, now), {
    code: "conflict",
  });
});

test("a reset gives a new password once, ends sessions, and lets nobody in who was shut out", async () => {
  const [ben] = await listPeople(sql);
  assert.ok(ben !== undefined);
  const token = await createReset(db, SYSTEM, ben.id, now);
  assert.equal(
    await followLink(db, undefined, token, { ...given, password: "another horse 9" }, now),
    email,
  );
  assert.equal(await follow(token), null);
  assert.equal((await sql`select 1 from auth_session where user_id = ${ben.id}`).length, 0);
  await assert.rejects(signIn(given.password));
  await signIn("another horse 9");

  const other = await createInvitation(
    db,
    SYSTEM,
    { email: "ana@acme.example", role: "admin", teams: [] },
    now,
  );
  await follow(other);
  const late = await createReset(db, SYSTEM, ben.id, now);
  await shutOut(db, SYSTEM, ben.id, now);
  assert.equal(await follow(late), null);
});

test("a withdrawn invitation opens nothing, and the database holds no token", async () => {
  const token = await createInvitation(
    db,
    SYSTEM,
    { email: "cid@acme.example", role: "viewer", teams: [] },
    now,
  );
  const [open] = await listInvitations(db, now);
  await withdrawInvitation(db, SYSTEM, open?.id ?? "", now);
  assert.equal(await follow(token), null);
  const rows = await sql`select token_hash, email from auth_link`;
  const entries = await sql`select before, after, actor_id from audit_entry`;
  assert.ok(!JSON.stringify([rows, entries]).includes(token));
});
