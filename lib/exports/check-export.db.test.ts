import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ingest, mixedCalls } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { checkExport, readCheckLink } from "./check-export.ts";
import { ExportRequest } from "./export-request.ts";
import { openExport } from "./open-export.ts";

const { sql } = await createTestDatabase();
const NOW = new Date("2026-11-22T12:00:00Z");
const admin = testViewer();

before(async () => {
  await sql`insert into team (slug, name) values ('search', ''), ('payments', '')`;
  await ingest(sql, mixedCalls(60));
});

/** Makes a file, and reads the link of its control totals as its page does. */
async function linkOf(parameters: Readonly<Record<string, string | string[]>>) {
  const request = ExportRequest.parse({ export: "usage", parameters });
  const { body, control } = await openExport(sql, admin, request, NOW, { pace: "attended" });
  await new Response(body).text();
  const link = readCheckLink(new URL(control().link, "http://outlay.example").searchParams);
  assert.ok(link !== null);
  return { link, control: control() };
}

const QUESTION = {
  ...{ from: "2026-10-01", to: "2026-11-01", group_by: "team,model" },
  "filter.team": ["search", "payments"],
};

test("a link asks the same again, and finds every figure and version as the file held it", async () => {
  const { link, control } = await linkOf(QUESTION);
  const { figures, control: again } = await checkExport(sql, admin, link, NOW);
  assert.deepEqual(
    figures.filter(({ then, now }) => then !== now),
    [],
  );
  assert.equal(again.sha256, control.sha256);
  const held = Object.fromEntries(figures.map(({ name, then }) => [name, then]));
  assert.deepEqual([held.cost, held.rows], [control.sums.cost, String(control.rows)]);
});

test("what has moved since is told: figures by usage that came in, versions by a book that changed", async () => {
  const { link, control } = await linkOf(QUESTION);
  await ingest(sql, mixedCalls(20, 60));
  await sql`update team set archived_at = ${NOW} where slug = 'payments'`;
  const { figures, control: again } = await checkExport(sql, admin, link, NOW);
  const moved = figures.filter(({ then, now }) => then !== now).map(({ name }) => name);
  assert.ok(moved.includes("cost") && moved.includes("rule_version"), moved.join());
  assert.ok(!moved.includes("price_book_version"));
  const cost = figures.find(({ name }) => name === "cost");
  assert.deepEqual([cost?.then, cost?.now], [control.sums.cost, again.sums.cost]);
});

test("whoever opens a link gets the figures of their own teams, and no table that is not theirs", async () => {
  const { link } = await linkOf({ from: "2026-10-01", to: "2026-11-01", group_by: "team" });
  const few = await checkExport(sql, testViewer("viewer", ["search"]), link, NOW);
  assert.equal(few.control.rows, 1);
  const audit = { ...link, request: ExportRequest.parse({ export: "audit" }) };
  await assert.rejects(checkExport(sql, testViewer("finance"), audit, NOW), { code: "forbidden" });
});

test("what is no link of ours is none", async () => {
  const { control } = await linkOf(QUESTION);
  const search = new URL(control.link, "http://outlay.example").searchParams;
  const changed = (name: string, value: string) => {
    const other = new URLSearchParams(search);
    other.set(name, value);
    return readCheckLink(other);
  };
  assert.ok(changed("rows", "7") !== null);
  assert.equal(changed("export", "secrets"), null);
  assert.equal(changed("rows", "-1"), null);
  assert.equal(changed("sum.cost", "=1+1"), null);
  assert.equal(changed("as_of", "yesterday"), null);
  assert.equal(readCheckLink(new URLSearchParams()), null);
});
