import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { saveView } from "#lib/views/store-views.ts";
import { findPlaces } from "./find-places.ts";

const { sql } = await createTestDatabase();
const admin = testViewer();
const inSearch = testViewer("viewer", ["search"]);
const namesOf = async (viewer: typeof admin, text: string) =>
  (await findPlaces(sql, viewer, text)).map(({ kind, name }) => `${kind} ${name}`);

before(async () => {
  await sql`insert into auth_user (id, name, email) values ('u', 'Ana', 'ana@x.test')`;
  await sql`insert into team (slug, name) values ('search', 'Search'), ('pay', 'Payments & re-search')`;
  const sets = [
    ["search", "model_call", "ranker", "gpt-5.5"],
    ["pay", "model_call", "auditor", "gpt-5.5-secret"],
    ["pay", "tool_call", "100%_sure", null],
  ] as const;
  for (const [index, [team, kind, agent, model]] of sets.entries()) {
    await sql`
      insert into dimension_set (id, kind, team, agent, model, dialect, status)
      values (${index + 1}, ${kind}, ${team}, ${agent}, ${model}, 'otel', 'ok')`;
  }
  await saveView(
    sql,
    admin,
    { name: "Search by model", query: "by=model", isShared: false },
    new Date("2026-11-22T12:00:00Z"),
  );
});

test("a part of a name finds it, what begins with it first", async () => {
  assert.deepEqual(await namesOf(admin, "SEARCH"), [
    "team Search",
    "team Payments & re-search",
    "view Search by model",
  ]);
  assert.deepEqual(await namesOf(admin, "gpt-5.5"), ["model gpt-5.5", "model gpt-5.5-secret"]);
});

test("signs that a pattern would know are taken as they stand", async () => {
  assert.deepEqual(await namesOf(admin, "0%_s"), ["agent 100%_sure"]);
  assert.deepEqual(await namesOf(admin, "%"), ["agent 100%_sure"]);
  assert.deepEqual(await namesOf(admin, "\0'; --"), []);
});

test("nobody finds the name of what they may not see", async () => {
  assert.deepEqual(await namesOf({ ...inSearch, id: "v" }, ""), [
    "team Search",
    "agent ranker",
    "model gpt-5.5",
  ]);
});

test("a place leads to its page, whatever its name", async () => {
  const [place] = await findPlaces(sql, admin, "100%");
  assert.equal(place?.href, "/agents/100%25_sure");
});
