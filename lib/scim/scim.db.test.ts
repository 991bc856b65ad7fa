import assert from "node:assert/strict";
import { test } from "node:test";
import { createKey, findKey } from "#lib/access/keys.ts";
import { rotateKey } from "#lib/access/rotate-key.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createUser } from "#lib/auth/create-user.ts";
import { listPeople, setAccess, setPassword, shutOut } from "#lib/auth/manage-users.ts";
import { saveProvider } from "#lib/auth/sso/provider.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { changeScimGroup, createScimGroup, deleteScimGroup } from "./groups.ts";
import {
  createScimUser,
  deleteScimUser,
  findScimUser,
  listScimUsers,
  replaceScimUser,
} from "./users.ts";

const { db, sql } = await createTestDatabase();
const now = new Date("2026-11-22T12:00:00Z");
const admin = { ...SYSTEM, role: "admin", teams: "all" } as const;
const input = (name: string, isActive = true) => ({
  ...{ email: `${name}@acme.example`, name, externalId: `x-${name}`, isActive },
});
const accessOf = async (name: string) => {
  const person = (await listPeople(sql)).find((one) => one.name === name);
  return [person?.role, person?.teams, person?.isActive];
};
const all = { startIndex: 1, count: 100 };

test("groups give role and teams at once, and take them away again", async () => {
  await createUser(db, SYSTEM, {
    ...{ name: "root", email: "root@acme.example", password: "correct horse 9" },
    ...{ role: "admin", teams: [] },
  });
  await saveProvider(
    db,
    admin,
    {
      ...{ isEnabled: false, name: "Acme", issuer: "https://id.acme.example", clientId: "o" },
      ...{ clientSecret: "s", roleClaim: "groups", teamClaim: "groups", allowedDomains: [] },
      createsPeople: false,
      mappings: [{ group: "leads", role: "manager", team: "payments" }],
    },
    { secret: "a secret of tests", now },
  );
  const ann = await createScimUser(db, SYSTEM, input("ann"), now);
  assert.deepEqual(await accessOf("ann"), ["viewer", [], true]);
  const state = { displayName: "leads", externalId: null, members: [ann.id] };
  const group = await createScimGroup(db, SYSTEM, state, now);
  assert.deepEqual(await accessOf("ann"), ["manager", ["payments"], true]);
  await assert.rejects(setAccess(db, SYSTEM, ann.id, { role: "admin", teams: [] }), {
    code: "forbidden",
  });
  await changeScimGroup(db, SYSTEM, group.id, () => ({ ...state, displayName: "others" }), now);
  assert.deepEqual(await accessOf("ann"), ["viewer", [], true]);
  await changeScimGroup(db, SYSTEM, group.id, () => state, now);
  await deleteScimGroup(db, SYSTEM, group.id);
  assert.deepEqual(await accessOf("ann"), ["viewer", [], true]);
  await assert.rejects(createScimGroup(db, SYSTEM, { ...state, members: ["nobody"] }, now), {
    status: 400,
  });
});

test("who is switched off is signed out at once, and comes back under the same id", async () => {
  const ann = (await listPeople(sql)).find(({ name }) => name === "ann");
  const id = ann?.id ?? "";
  await sql`insert into auth_session (id, token, user_id, expires_at)
            values ('s', 't', ${id}, now() + interval '1 hour')`;
  await replaceScimUser(db, SYSTEM, id, () => input("ann", false), now);
  assert.equal((await sql`select 1 from auth_session`).length, 0);
  assert.deepEqual((await accessOf("ann"))[2], false);
  await replaceScimUser(db, SYSTEM, id, () => input("ann"), now);
  assert.deepEqual((await accessOf("ann"))[2], true);

  await deleteScimUser(db, SYSTEM, id, now);
  await assert.rejects(findScimUser(db, id), { status: 404 });
  assert.equal((await createScimUser(db, SYSTEM, input("ann"), now)).id, id);
  await assert.rejects(createScimUser(db, SYSTEM, input("ann"), now), { scimType: "uniqueness" });
});

test("whom an admin has shut out the directory cannot let in, by no way, until an admin does", async () => {
  const bob = await createScimUser(db, SYSTEM, input("bob"), now);
  const shutBob = async () => (await accessOf("bob"))[2];
  await shutOut(db, SYSTEM, bob.id, now);
  await assert.rejects(
    replaceScimUser(db, SYSTEM, bob.id, () => input("bob"), now),
    { status: 400, scimType: "mutability" },
  );
  assert.equal((await findScimUser(db, bob.id)).deactivatedAt?.getTime(), now.getTime());
  const renamed = await replaceScimUser(
    ...([db, SYSTEM, bob.id] as const),
    () => ({ ...input("bob", false), externalId: "x-2" }),
    now,
  );
  assert.equal(renamed.externalId, "x-2", "what is no way in is taken");
  await deleteScimUser(db, SYSTEM, bob.id, now);
  await assert.rejects(createScimUser(db, SYSTEM, input("bob"), now), {
    status: 409,
    scimType: "uniqueness",
  });
  assert.equal(await shutBob(), false);

  await setPassword(db, SYSTEM, bob.id, "correct horse 9");
  assert.equal(await shutBob(), true);
  await replaceScimUser(db, SYSTEM, bob.id, () => input("bob", false), now);
  await replaceScimUser(db, SYSTEM, bob.id, () => input("bob"), now);
  assert.equal(await shutBob(), true, "what the directory closed it opens again");
});

test("who is deleted leaves their groups, and comes back without their rights", async () => {
  const { id } = await createScimUser(db, SYSTEM, input("dee"), now);
  const leads = { displayName: "leads", externalId: null, members: [id] };
  const group = await createScimGroup(db, SYSTEM, leads, now);
  assert.deepEqual(await accessOf("dee"), ["manager", ["payments"], true]);
  await deleteScimUser(db, SYSTEM, id, now);
  assert.equal((await createScimUser(db, SYSTEM, input("dee"), now)).id, id);
  assert.deepEqual(await accessOf("dee"), ["viewer", [], true]);
  await deleteScimUser(db, SYSTEM, id, now);
  await deleteScimGroup(db, SYSTEM, group.id);
});

test("whom an admin made and shut out the directory does not take over", async () => {
  const eve = { name: "eve", email: "eve@acme.example", password: "correct horse 9" };
  const { id } = await createUser(db, SYSTEM, { ...eve, role: "finance", teams: [] });
  await shutOut(db, SYSTEM, id, now);
  await assert.rejects(createScimUser(db, SYSTEM, input("eve"), now), { status: 409 });
  await assert.rejects(findScimUser(db, id), { status: 404 });
  assert.deepEqual(await accessOf("eve"), ["finance", [], false]);
});

test("who is switched off loses the API keys shown to them; what sends telemetry goes on", async () => {
  const cid = await createScimUser(db, SYSTEM, input("cid"), now);
  const actor = { kind: "user", id: cid.id, label: "cid", isFresh: true } as const;
  const made = async (kind: "api" | "ingest", label: string) =>
    createKey(db, actor, { kind, label, team: null });
  const [own, sending, handedOn] = [
    await made("api", "own"),
    await made("ingest", "sending"),
    await made("api", "handed on"),
  ];
  const other = { ...actor, id: "somebody else" };
  const kept = await rotateKey(db, other, handedOn.id, { oldUntil: null, now });
  await replaceScimUser(db, SYSTEM, cid.id, () => input("cid", false), now);
  assert.equal(await findKey(sql, own.secret, now), null);
  assert.notEqual(await findKey(sql, sending.secret, now), null);
  assert.notEqual(await findKey(sql, kept.secret, now), null);
});

test("people are found by their name, and in pages", async () => {
  const filter = { attribute: "userName", value: "Ann@acme.example" };
  const found = await listScimUsers(db, filter, all);
  assert.deepEqual([found.total, found.rows[0]?.name], [1, "ann"]);
  const second = await listScimUsers(db, null, { startIndex: 2, count: 1 });
  assert.deepEqual([second.total, second.rows.length], [4, 1]);
});

test("the directory cannot shut out the last admin", async () => {
  const root = (await listPeople(sql)).find(({ name }) => name === "root");
  const id = root?.id ?? "";
  await assert.rejects(deleteScimUser(db, SYSTEM, id, now), { status: 409 });
  const off = replaceScimUser(db, SYSTEM, id, () => input("root", false), now);
  await assert.rejects(off, { status: 409 });
  assert.equal((await accessOf("root"))[2], true);
});
