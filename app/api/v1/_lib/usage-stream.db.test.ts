import assert from "node:assert/strict";
import { after, test } from "node:test";
import { keyViewer } from "#lib/access/key-viewer.ts";
import { createKey, revokeKey } from "#lib/access/keys.ts";
import { rotateKey } from "#lib/access/rotate-key.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createUser } from "#lib/auth/create-user.ts";
import { type PersonAccess, setAccess, shutOut } from "#lib/auth/manage-users.ts";
import { userViewer } from "#lib/auth/user-viewer.ts";
import { openDatabase } from "#lib/db/client.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { usageStream } from "./usage-stream.ts";

const database = await createTestDatabase();
const { db, sql } = database;
/** Connections of their own, as another process has them. */
const elsewhere = openDatabase(database.url);
after(() => elsewhere.close());
const now = new Date();

await createUser(db, SYSTEM, {
  ...{ name: "root", email: "root@acme.example", password: "correct horse 9" },
  ...{ role: "admin", teams: [] },
});

/** An open stream, and the way to wait for its end; no clock runs that could end it. */
async function openStream(stillViewer: () => Promise<Viewer>) {
  const leave = new AbortController();
  const [viewer, { signal }] = [await stillViewer(), leave];
  const body = usageStream({ sql: elsewhere.sql, viewer, stillViewer, signal });
  const [reader, decoder] = [body.getReader(), new TextDecoder()];
  const next = async () => {
    const { value } = await reader.read();
    return value === undefined ? undefined : decoder.decode(value);
  };
  while ((await next()) !== "event: beat\ndata: {}\n\n");
  const ended = async () => {
    while ((await next()) !== undefined);
  };
  return { ended, next, leave: () => leave.abort() };
}

test("a revoked key, and a secret that was exchanged, end their streams at once", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  for (const end of ["revoke", "rotate"]) {
    const { id, secret } = await createKey(db, SYSTEM, { kind: "api", label: "", team: null });
    const stream = await openStream(async () => {
      const viewer = await keyViewer(elsewhere, secret, now);
      assert.ok(viewer, "the key has ended");
      return viewer;
    });
    if (end === "revoke") await revokeKey(db, SYSTEM, id, now);
    else await rotateKey(db, SYSTEM, id, { oldUntil: null, now });
    await stream.ended();
  }
});

test("signing out, another role, other teams and being shut out end a person's stream at once", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const user = await createUser(db, SYSTEM, {
    ...{ name: "ann", email: "ann@acme.example", password: "correct horse 9" },
    ...{ role: "manager", teams: ["payments"] },
  });
  const access: PersonAccess = { role: "manager", teams: ["search"] };
  const changes = [
    () => sql`delete from auth_session`,
    () => setAccess(db, SYSTEM, user.id, access),
    () => setAccess(db, SYSTEM, user.id, { ...access, role: "viewer" }),
    () => sql`insert into team (slug, name, parent_slug) values ('ranking', '', 'search')`,
    () => shutOut(db, SYSTEM, user.id, now),
  ];
  for (const change of changes) {
    await sql`insert into auth_session (id, token, user_id, expires_at)
              values ('s', 't', ${user.id}, now() + interval '1 hour') on conflict do nothing`;
    const stream = await openStream(async () => {
      const [row] = await elsewhere.sql<{ name: string; role: string }[]>`
        select u.name, u.role from auth_user u join auth_session s on s.user_id = u.id
         where u.id = ${user.id}`;
      assert.ok(row, "the session has ended");
      return userViewer(elsewhere, { ...row, id: user.id }, now);
    });
    await change();
    await stream.ended();
  }
});

test("what concerns others leaves a stream open", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const make = () => createKey(db, SYSTEM, { kind: "api", label: "", team: null });
  const [own, other] = [await make(), await make()];
  let asked = 0;
  const stream = await openStream(async () => {
    asked += 1;
    const viewer = await keyViewer(elsewhere, own.secret, now);
    assert.ok(viewer);
    return viewer;
  });
  const before = asked;
  await revokeKey(db, SYSTEM, other.id, now);
  await sql`select pg_notify('outlay_access', '')`;
  assert.equal(await stream.next(), "event: beat\ndata: {}\n\n");
  assert.equal(asked, before + 1, "only what concerns everybody is asked about");
  stream.leave();
});
