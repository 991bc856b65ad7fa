import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Viewer } from "#lib/access/viewer.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { defaultView, listViews } from "./read-views.ts";
import { changeView, removeView, saveView, setDefaultView } from "./store-views.ts";
import { NewViewInput } from "./view-input.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const { sql } = await createTestDatabase();
const ana: Viewer = { ...testViewer("manager", ["search"]), id: "ana", persons: "none" };
const ben: Viewer = { ...testViewer("manager", ["payments"]), id: "ben", persons: "none" };
const admin: Viewer = { ...testViewer(), id: "root" };
const save = (viewer: Viewer, name: string, query: string, isShared = false) =>
  saveView(sql, viewer, { name, query, isShared }, NOW);
const namesOf = async (viewer: Viewer) => (await listViews(sql, viewer)).map(({ name }) => name);
const auditOf = async (id: string) =>
  (await sql`select action from audit_entry where target_id = ${id} order by id`).map(
    ({ action }) => action,
  );

beforeEach(async () => {
  await sql`delete from auth_user`;
  for (const id of ["ana", "ben", "root"]) {
    await sql`insert into auth_user (id, name, email) values (${id}, ${id}, ${`${id}@x.test`})`;
  }
});

test("a view is its owner's until it is shared, and what is shared is on record", async () => {
  const id = await save(ana, "Models", "by=model");
  assert.deepEqual(await namesOf(ben), []);
  await changeView(sql, ana, id, { isShared: true }, NOW);
  const [shared] = await listViews(sql, ben);
  assert.deepEqual(
    [shared?.name, shared?.isOwn, shared?.owner, shared?.query],
    ["Models", false, "ana", "by=model"],
  );
  await changeView(sql, ana, id, { name: "By model" }, NOW);
  await changeView(sql, ana, id, { isShared: false }, NOW);
  assert.deepEqual(await namesOf(ben), []);
  await removeView(sql, ana, id);
  assert.deepEqual(await auditOf(id), ["view.shared", "view.changed", "view.unshared"]);
});

test("nobody but the owner changes a view, except admins what is shared", async () => {
  const shared = await save(ana, "Shared", "", true);
  const own = await save(ana, "Own", "");
  const gone = { code: "not_found" };
  await assert.rejects(changeView(sql, ben, shared, { name: "Mine" }, NOW), gone);
  await assert.rejects(removeView(sql, ben, shared), gone);
  await assert.rejects(setDefaultView(sql, ben, own), gone);
  await assert.rejects(removeView(sql, admin, own), gone);
  await removeView(sql, admin, shared);
  assert.deepEqual(await namesOf(ana), ["Own"]);
  assert.deepEqual(await auditOf(shared), ["view.shared", "view.removed"]);
});

test("a shared view that names what one may not see is not offered", async () => {
  await save(ana, "Search alone", "filter.team=search", true);
  await save(ana, "One person", "filter.user=kim", true);
  await save(ana, "All", "by=team", true);
  assert.deepEqual(await namesOf(ben), ["All"]);
  assert.deepEqual(await namesOf(admin), ["All", "One person", "Search alone"]);
  assert.equal((await listViews(sql, ana)).length, 3);
});

test("a name is taken once per person, and by each person", async () => {
  const id = await save(ana, "Week", "period=7d");
  await assert.rejects(save(ana, "Week", ""), { code: "conflict" });
  await save(ben, "Week", "");
  await save(ana, "Month", "");
  await assert.rejects(changeView(sql, ana, id, { name: "Month" }, NOW), { code: "conflict" });
});

test("the 201st view is refused as one too many, not as a name taken", async () => {
  await sql`
    insert into saved_view (owner_id, name, query, is_shared, changed_at)
    select 'ana', 'View ' || n, '', false, ${NOW} from generate_series(1, 200) as n`;
  await assert.rejects(save(ana, "One more", ""), { code: "too_large" });
  await save(ben, "One more", "");
});

test("the default is each person's own and goes with the view", async () => {
  const id = await save(ana, "All", "by=team", true);
  await setDefaultView(sql, ben, id);
  assert.equal((await defaultView(sql, ben))?.id, id);
  assert.equal(await defaultView(sql, ana), null);
  await changeView(sql, ana, id, { isShared: false }, NOW);
  assert.equal(await defaultView(sql, ben), null);
  await setDefaultView(sql, ana, id);
  await setDefaultView(sql, ana, null);
  assert.equal(await defaultView(sql, ana), null);
});

test("keys have no views", async () => {
  await assert.rejects(save({ ...ana, kind: "key" }, "A", ""), { code: "forbidden" });
});

test("an address keeps what Explore knows, and nothing else", () => {
  const { query } = NewViewInput.parse({
    name: " A ",
    query: "by=model&filter.team=a%20b&filter.team=&next=https://x.test&token=1",
    isShared: false,
  });
  assert.equal(query, "by=model&filter.team=a+b&filter.team=");
});
