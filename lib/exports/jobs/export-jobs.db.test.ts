import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { createKey, revokeKey } from "#lib/access/keys.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import type { Usd } from "#lib/money/money.ts";
import { fillLedger } from "#lib/reports/ledger-fixture.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { ExportRequest } from "../export-request.ts";
import { askForExport, cancelExport } from "./ask-export.ts";
import { expireExports } from "./expire-exports.ts";
import { listExportJobs, readExportJob } from "./export-job.ts";
import { fetchExport } from "./fetch-export.ts";
import { readPieces } from "./pieces.ts";
import { workOnExport } from "./work-on-export.ts";

const database = await createTestDatabase();
const { db, sql } = database;
const NOW = new Date("2026-11-20T10:00:00Z");
const running = new AbortController().signal;
const work = (now = NOW) => workOnExport(database, () => now, running);

await sql`insert into team (slug, name) values ('payments', ''), ('search', '')`;
await fillLedger(
  sql,
  ["payments", "search", "payments"].map((team, index) => ({
    ...{ name: `call ${index}`, startedAtMs: NOW.getTime() - 3_600_000, user: null },
    dimensions: { kind: "model_call", team, status: "ok", model: '=HYPERLINK("x")' },
    ...{ session: null, calls: 1, counted: true, costStatus: "priced" },
    ...{ cost: (10n ** 30n + 1n) as Usd, listCost: 1n as Usd, tokens: null },
  })),
  "UTC",
);

const everybody = await keyOf(null);
const payments = await keyOf("payments");
const request = ExportRequest.parse({
  ...{ export: "usage", parameters: { group_by: "team,model", from: "2026-11-01" } },
});

async function keyOf(team: string | null): Promise<Viewer> {
  const key = await createKey(db, SYSTEM, { kind: "api", label: "k", team, role: "finance" });
  const teams = team === null ? ("all" as const) : [team];
  return { kind: "key", id: key.id, label: "k", role: "finance", teams, persons: "all" };
}

async function fileOf(viewer: Viewer, id: string, start = 0): Promise<Buffer> {
  const job = await fetchExport(sql, viewer, id, NOW);
  const pieces: Uint8Array[] = [];
  for await (const piece of readPieces(sql, job, start)) pieces.push(piece);
  return Buffer.concat(pieces);
}

test("a file is written, proven by its control totals, and put on record", async () => {
  const { id } = await askForExport(sql, everybody, request, NOW);
  await assert.rejects(fetchExport(sql, everybody, id, NOW), { code: "conflict" });
  assert.equal(await work(), true);
  assert.equal(await work(), false);
  const { control } = await fetchExport(sql, everybody, id, NOW);
  const file = await fileOf(everybody, id);
  assert.equal(control.sha256, createHash("sha256").update(file).digest("hex"));
  assert.deepEqual([control.bytes, control.rows], [file.byteLength, 2]);
  assert.deepEqual(control.sums, {
    list_cost: "0.000000000000000003",
    cost: "3000000000000.000000000000000003",
  });
  assert.deepEqual(await fileOf(everybody, id, 7), file.subarray(7));
  const [entry] = await sql`select actor_id from audit_entry where action = 'export.requested'`;
  assert.equal(entry?.actor_id, everybody.id);
});

test("who asked gets what they may see, and nobody else's file", async () => {
  const { id } = await askForExport(sql, payments, request, NOW);
  await work();
  const { control } = await fetchExport(sql, payments, id, NOW);
  assert.equal(control.sums.cost, "2000000000000.000000000000000002");
  await assert.rejects(readExportJob(sql, everybody, id), { code: "not_found" });
  await assert.rejects(fetchExport(sql, everybody, id, NOW), { code: "not_found" });
  const moved = { ...payments, teams: ["search"] };
  await assert.rejects(fetchExport(sql, moved, id, NOW), { code: "forbidden" });
});

test("a worker that was killed leaves nothing of its file: the next one begins anew", async () => {
  const { id } = await askForExport(sql, everybody, request, NOW);
  // What a killed worker leaves: a lease, and the first piece of its attempt.
  await sql`update export_job set state = 'running', attempt = 1, rows_done = 1,
              leased_until = ${new Date(NOW.getTime() + 60_000)} where id = ${id}::uuid`;
  await sql`insert into export_piece values (${id}, 1, 0, ${Buffer.from("half a file")})`;
  assert.equal(await work(), false, "it may still be at work");
  assert.equal(await work(new Date(NOW.getTime() + 61_000)), true);
  const { control, attempt } = await fetchExport(sql, everybody, id, NOW);
  const file = await fileOf(everybody, id);
  assert.equal(attempt, 2);
  assert.equal(control.sha256, createHash("sha256").update(file).digest("hex"));
  const [left] = await sql`select count(*)::int as n from export_piece where job_id = ${id}::uuid`;
  assert.equal(left?.n, 1);
});

test("a worker that stops puts its file back, and one that fails three times says so", async () => {
  const { id } = await askForExport(sql, everybody, request, NOW);
  const stopped = AbortSignal.abort();
  assert.equal(await workOnExport(database, () => NOW, stopped), true);
  assert.equal((await readExportJob(sql, everybody, id)).state, "queued");
  await sql`update export_job set attempt = 3 where id = ${id}::uuid`;
  await work();
  const { state, error } = await readExportJob(sql, everybody, id);
  assert.equal(state, "failed");
  assert.match(error ?? "", /3 times/);
});

test("rights that have ended end the export too", async () => {
  const gone = await keyOf(null);
  const { id } = await askForExport(sql, gone, request, NOW);
  await revokeKey(db, SYSTEM, gone.id, NOW);
  await work();
  const { state, error } = await readExportJob(sql, gone, id);
  assert.deepEqual([state, error], ["failed", "Whoever asked has no access any more"]);
});

test("it can be cancelled, and its file expires", async () => {
  const first = await askForExport(sql, everybody, request, NOW);
  assert.equal((await cancelExport(sql, everybody, first.id, NOW)).state, "cancelled");
  assert.equal(await work(), false);
  await assert.rejects(cancelExport(sql, everybody, first.id, NOW), { code: "conflict" });
  const { id } = await askForExport(sql, everybody, request, NOW);
  await work();
  const later = new Date(NOW.getTime() + 8 * 86_400_000);
  await assert.rejects(fetchExport(sql, everybody, id, later), { code: "not_found" });
  assert.ok((await expireExports(sql, later)) > 0);
  assert.equal((await readExportJob(sql, everybody, id)).state, "expired");
  const [left] = await sql`select count(*)::int as n from export_piece`;
  assert.equal(left?.n, 0);
});

test("mistakes are told when it is asked for", async () => {
  const wrong = { ...request, parameters: { group_by: "shoe" } };
  await assert.rejects(askForExport(sql, everybody, wrong, NOW), { code: "invalid" });
  assert.ok(
    (await listExportJobs(sql, payments, 10)).every((job) => job.askedBy.id === payments.id),
  );
});
