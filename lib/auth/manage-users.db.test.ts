import assert from "node:assert/strict";
import { test } from "node:test";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { createAuth } from "./create-auth.ts";
import { createUser } from "./create-user.ts";
import { listPeople, setAccess, setPassword, shutOut } from "./manage-users.ts";
import { userViewer } from "./user-viewer.ts";

const { db, sql } = await createTestDatabase();
const auth = createAuth({
  db,
  secret: "a secret of the test",
  publicUrl: "http://127.0.0.1:3000",
  trustedOrigins: [],
});
const PASSWORD = "correct-horse-9";
const add = (name: string, role: "admin" | "viewer") =>
  createUser(db, SYSTEM, {
    name,
    email: `${name}@acme.example`,
    password: PASSWORD,
    role,
    teams: [],
  });
const signIn = (name: string, password = PASSWORD) =>
  auth.api.signInEmail({ body: { email: `${name}@acme.example`, password } });

test("who is shut out cannot sign in and is signed out, until given a password", async () => {
  const ana = await add("ana", "admin");
  const ben = await add("ben", "viewer");
  await signIn("ben");
  await shutOut(db, SYSTEM, ben.id, new Date());
  assert.equal((await sql`select 1 from auth_session where user_id = ${ben.id}`).length, 0);
  await assert.rejects(signIn("ben"));
  assert.deepEqual(
    (await listPeople(sql)).map(({ name, isActive }) => [name, isActive]),
    [
      ["ana", true],
      ["ben", false],
    ],
  );
  await setPassword(db, SYSTEM, ben.id, "another-horse-9");
  await assert.rejects(signIn("ben"));
  assert.equal((await signIn("ben", "another-horse-9")).user.id, ben.id);
  await assert.rejects(shutOut(db, SYSTEM, ana.id, new Date()), { code: "conflict" });
});

test("role and teams hold from the next request, and an admin is always left", async () => {
  const [ana, ben] = await listPeople(sql);
  assert.ok(ana !== undefined && ben !== undefined);
  await assert.rejects(setAccess(db, SYSTEM, ana.id, { role: "viewer", teams: [] }), {
    code: "conflict",
  });
  await setAccess(db, SYSTEM, ben.id, { role: "manager", teams: ["payments"] });
  const viewer = await userViewer(
    { db, sql },
    { id: ben.id, name: "ben", role: "manager" },
    new Date(),
  );
  assert.deepEqual(viewer.teams, ["payments"]);

  await setAccess(db, SYSTEM, ben.id, { role: "admin", teams: [] });
  const both = await Promise.allSettled([
    setAccess(db, SYSTEM, ana.id, { role: "viewer", teams: [] }),
    setAccess(db, SYSTEM, ben.id, { role: "viewer", teams: [] }),
  ]);
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
});
