import assert from "node:assert/strict";
import { test } from "node:test";
import { eq } from "drizzle-orm";
import { SYSTEM } from "#lib/audit/actor.ts";
import { authAccount, authSession, authUser } from "#lib/db/schema/auth.ts";
import { team } from "#lib/db/schema/organization.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { createAuth } from "./create-auth.ts";
import { createUser, hasUsers } from "./create-user.ts";
import { takeSignInAttempt } from "./sign-in-limit.ts";
import { userViewer } from "./user-viewer.ts";

const { db, sql } = await createTestDatabase();
const now = new Date("2026-11-22T12:00:00Z");
const origin = "http://127.0.0.1:3000";
const auth = createAuth({
  db,
  secret: "a secret of tests",
  publicUrl: origin,
  trustedOrigins: [origin],
});
const person = {
  name: "Ada",
  email: "ada@example.com",
  password: "correct horse battery",
  role: "admin",
  teams: [],
} as const;

function post(path: string, body: object, from = "192.0.2.1"): Promise<Response> {
  return auth.handler(
    new Request(`${origin}/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, "x-forwarded-for": from },
      body: JSON.stringify(body),
    }),
  );
}

const signIn = (email: string, password: string, from?: string) =>
  post("/sign-in/email", { email, password }, from);

test("a person signs in with the password, and only with it", async () => {
  assert.equal(await hasUsers(db), false);
  await createUser(db, SYSTEM, { ...person, teams: [] });
  assert.equal(await hasUsers(db), true);
  const [account] = await db.select().from(authAccount);
  assert.match(account?.password ?? "", /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);

  assert.equal((await signIn(person.email, "wrong password", "192.0.2.2")).status, 401);
  const response = await signIn("Ada@Example.com", person.password, "192.0.2.2");
  assert.equal(response.status, 200);
  const cookie = response.headers.get("set-cookie") ?? "";
  assert.match(cookie, /outlay\.session_token=/);
  assert.match(cookie, /HttpOnly/i);
  assert.match(cookie, /SameSite=Lax/i);

  const session = await auth.api.getSession({ headers: new Headers({ cookie }) });
  assert.equal(session?.user.email, person.email);
  assert.equal(session?.user.role, "admin");
  await db.delete(authSession);
  assert.equal(await auth.api.getSession({ headers: new Headers({ cookie }) }), null);
});

test("nobody signs up, and nobody gives themselves a role", async () => {
  const response = await post("/sign-up/email", {
    name: "Eve",
    email: "eve@example.com",
    password: "a long password",
    role: "admin",
  });
  assert.equal(response.status, 400);
  assert.equal((await db.select().from(authUser)).length, 1);

  const cookie = (await signIn(person.email, person.password, "192.0.2.3")).headers.get(
    "set-cookie",
  );
  await db.update(authUser).set({ role: "viewer" }).where(eq(authUser.email, person.email));
  await auth.handler(
    new Request(`${origin}/api/auth/update-user`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, cookie: cookie ?? "" },
      body: JSON.stringify({ role: "admin" }),
    }),
  );
  const [user] = await db.select().from(authUser);
  assert.equal(user?.role, "viewer");
});

test("another site cannot sign somebody in", async () => {
  const response = await auth.handler(
    new Request(`${origin}/api/auth/sign-in/email`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: "https://evil.example",
        cookie: "a=b",
      },
      body: JSON.stringify({ email: person.email, password: person.password }),
    }),
  );
  assert.equal(response.status, 403);
});

test("guessing at an account ends for where it comes from, not for its owner elsewhere", async () => {
  const after = (ms: number) => new Date(now.getTime() + ms);
  const attempt = (email: string, address: string, ms: number) =>
    takeSignInAttempt(db, { email, address }, after(ms));
  for (let ms = 1; ms <= 10; ms += 1) {
    assert.equal(await attempt("bob@example.com", "192.0.2.1", ms), true);
  }
  assert.equal(await attempt(" BOB@example.com", "192.0.2.1", 20), false);
  // Neither another account behind the same proxy nor the owner elsewhere is locked.
  assert.equal(await attempt("carol@example.com", "192.0.2.1", 20), true);
  assert.equal(await attempt("bob@example.com", "192.0.2.2", 20), true);
  // Attempts while locked do not keep the owner out for longer.
  assert.equal(await attempt("bob@example.com", "192.0.2.1", 5 * 60_000 + 1), true);

  const many = [];
  for (let n = 0; n < 61; n += 1) many.push(await attempt("eve@example.com", `198.51.100.${n}`, n));
  assert.deepEqual(many.slice(-2), [true, false]);

  const statuses = [];
  for (let n = 0; n < 12; n += 1) {
    statuses.push((await signIn("dan@example.com", "guess", "198.51.100.7")).status);
  }
  assert.deepEqual(statuses.slice(-2), [429, 429]);
});

test("sign-ins are on record, refused ones too, and never what was typed", async () => {
  const rows = await sql`select action, result, ip, before, after, target_id from audit_entry`;
  const refused = rows.filter(({ action }) => action === "session.refused");
  const started = rows.filter(({ action }) => action === "session.started");
  assert.ok(refused.some(({ ip, result }) => ip === "192.0.2.2" && result === "refused"));
  assert.ok(started.some(({ after }) => after.by === "password"));
  assert.doesNotMatch(JSON.stringify(rows), /guess|wrong password|battery|dan@example/);
});

test("a manager sees the own teams and all below them, also when parents form a ring", async () => {
  await db.insert(team).values([
    { slug: "platform", name: "Platform", parentSlug: "search-ui" },
    { slug: "search", name: "Search", parentSlug: "platform" },
    { slug: "search-ui", name: "Search UI", parentSlug: "search" },
    { slug: "payments", name: "Payments" },
  ]);
  const manager = await createUser(db, SYSTEM, {
    ...person,
    email: "m@example.com",
    role: "manager",
    teams: ["search"],
  });
  const viewer = await userViewer({ db, sql }, { id: manager.id, name: "M", role: "manager" }, now);
  assert.deepEqual(viewer.teams, ["platform", "search", "search-ui"]);
  assert.equal(
    (await userViewer({ db, sql }, { id: manager.id, name: "M", role: "finance" }, now)).teams,
    "all",
  );
  const stranger = await userViewer({ db, sql }, { id: "nobody", name: "X", role: "made up" }, now);
  assert.deepEqual([stranger.role, stranger.teams], ["viewer", []]);
});

test("an e-mail has one account", async () => {
  await assert.rejects(createUser(db, SYSTEM, { ...person, teams: [] }), { code: "conflict" });
});
