import assert from "node:assert/strict";
import { test } from "node:test";
import { FRESH_MS, isFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import { createKey } from "#lib/access/keys.ts";
import { rotateKey } from "#lib/access/rotate-key.ts";
import { ROLES, type Role } from "#lib/access/viewer.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { setAuditRetention } from "#lib/audit/audit-retention.ts";
import { changeEndpoint } from "#lib/notifications/change-endpoint.ts";
import { createEndpoint } from "#lib/notifications/create-endpoint.ts";
import { NewEndpoint } from "#lib/notifications/endpoint-input.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { confirmSession } from "./confirm-session.ts";
import { createUser } from "./create-user.ts";
import { setAccess, setPassword } from "./manage-users.ts";
import { createInvitation, createReset } from "./one-time-links.ts";
import { setSecondFactorRule } from "./second-factor-rule.ts";
import { saveProvider } from "./sso/provider.ts";
import { userViewer } from "./user-viewer.ts";

const database = await createTestDatabase();
const { db, sql } = database;
const now = new Date("2026-11-22T12:00:00Z");
const fresh = testViewer();
const stale = { ...fresh, isFresh: false };
const PASSWORD = "correct horse 9";
const person = (role: Role) =>
  createUser(db, SYSTEM, {
    ...{ name: role, email: `${role}@acme.example`, password: PASSWORD, role, teams: ["payments"] },
  });
const ids = Object.fromEntries(
  await Promise.all(ROLES.map(async (role) => [role, (await person(role)).id] as const)),
);
const idOf = (role: Role) => ids[role] ?? "";
const viewerOf = (role: Role, twoFactorEnabled = false) =>
  userViewer(database, { id: idOf(role), name: role, role, twoFactorEnabled }, now);

test("a sign-in is fresh for half an hour, or since it was confirmed", () => {
  const at = (ms: number) => new Date(now.getTime() - ms);
  assert.equal(isFreshSignIn({ createdAt: at(FRESH_MS - 1) }, now), true);
  assert.equal(isFreshSignIn({ createdAt: at(FRESH_MS) }, now), false);
  assert.equal(isFreshSignIn({ createdAt: at(FRESH_MS), confirmedAt: at(1) }, now), true);
  assert.equal(isFreshSignIn({ createdAt: at(FRESH_MS), confirmedAt: null }, now), false);
});

test("what outlives a session needs a fresh one, and nothing is done without", async () => {
  const key = await createKey(db, fresh, { kind: "api", label: "", team: null });
  const access = { role: "viewer" as const, teams: [] };
  const user = { name: "x", email: "x@acme.example", password: PASSWORD, ...access };
  const endpoint = NewEndpoint.parse({ name: "x", url: "https://hooks.acme.example/x" });
  const provider = {
    ...{ isEnabled: false, name: "Acme", issuer: "https://id.acme.example", clientId: "o" },
    ...{ clientSecret: "s", roleClaim: "groups", teamClaim: "groups", allowedDomains: [] },
    ...{ createsPeople: false, mappings: [] },
  };
  const installation = { secret: "a secret of tests", webhookAllow: [] };
  const made = await createEndpoint(sql, fresh, endpoint, installation);
  const elsewhere = { url: "https://elsewhere.example/x" };
  const changes = [
    () => createKey(db, stale, { kind: "api", label: "", team: null }),
    () => rotateKey(db, stale, key.id, { oldUntil: null, now }),
    () => createUser(db, stale, user),
    () => setAccess(db, stale, idOf("viewer"), { role: "admin", teams: [] }),
    () => setPassword(db, stale, idOf("viewer"), PASSWORD),
    () => createInvitation(db, stale, { email: user.email, ...access }, now),
    () => createReset(db, stale, idOf("viewer"), now),
    () => saveProvider(db, stale, provider, { secret: installation.secret, now }),
    () => setSecondFactorRule(sql, stale, "nobody"),
    () => setAuditRetention(sql, stale, 365),
    () => createEndpoint(sql, stale, endpoint, installation),
    () => changeEndpoint(sql, stale, { id: made.endpoint.id, change: elsewhere, installation }),
  ];
  const entries = () => sql`select count(*)::int as n from audit_entry`;
  const before = await entries();
  for (const change of changes) {
    await assert.rejects(async () => change(), { code: "confirmation_required" });
  }
  assert.deepEqual([...(await entries())], [...before]);
});

test("a session is confirmed by its owner's password alone, and guessing is stopped", async () => {
  const actor = await viewerOf("admin");
  await sql`
    insert into auth_session (id, token, user_id, expires_at)
    values ('own', 't', ${idOf("admin")}, now()), ('other', 'o', ${idOf("finance")}, now())`;
  const confirm = (sessionId: string, password: string) =>
    confirmSession(db, actor, { sessionId, password, now });
  const confirmed = async () =>
    (await sql`select id from auth_session where confirmed_at is not null`).map(({ id }) => id);
  assert.equal(await confirm("own", "wrong"), "wrong");
  assert.deepEqual(await confirmed(), []);
  await confirm("other", PASSWORD);
  assert.deepEqual(await confirmed(), [], "never a session of somebody else");
  assert.equal(await confirm("own", PASSWORD), "confirmed");
  assert.deepEqual(await confirmed(), ["own"]);
  const outcomes = [];
  for (let guess = 0; guess < 10; guess++) outcomes.push(await confirm("own", "wrong"));
  assert.equal(outcomes.at(-1), "too_many");
});

test("who needs a second factor and has none sees nothing until it is set up", async () => {
  const blocked = async () => {
    const viewers = await Promise.all(ROLES.map((role) => viewerOf(role)));
    return ROLES.filter((_, index) => viewers[index]?.mustEnroll === true);
  };
  for (const [rule, covered] of [
    ["nobody", []],
    ["admins", ["admin"]],
    ["finance", ["admin", "finance"]],
    ["everybody", ROLES],
  ] as const) {
    await setSecondFactorRule(sql, fresh, rule);
    assert.deepEqual(await blocked(), covered, rule);
  }
  const { role, teams, persons } = await viewerOf("admin");
  assert.deepEqual([role, teams, persons], ["viewer", [], "none"]);
  assert.equal((await viewerOf("admin", true)).role, "admin");
  await sql`update auth_account set password = null where user_id = ${idOf("finance")}`;
  assert.equal((await viewerOf("finance")).role, "finance", "single sign-on asks for it");
  await assert.rejects(setSecondFactorRule(sql, fresh, "all"), { code: "invalid" });
  await assert.rejects(setSecondFactorRule(sql, testViewer("finance"), "nobody"), {
    code: "forbidden",
  });
});
