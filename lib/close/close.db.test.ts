import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import type { Viewer } from "#lib/access/viewer.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { addCosts, NO_COSTS } from "#lib/cost-model/costs.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, tokens } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { readAdjustments } from "./adjustment-store.ts";
import { bookLateChanges } from "./book-late-changes.ts";
import { closeMonth, reopenMonth } from "./close-month.ts";
import { readClosedLines } from "./closed-line-store.ts";
import { listMonths } from "./list-months.ts";
import { instantsOf, monthNamed } from "./month.ts";
import { readMonthLines } from "./month-lines.ts";
import { sumOfLines } from "./statement-line.ts";
import { readStatements } from "./statements.ts";
import { verifyClosed } from "./verify-closed.ts";

const finance = testViewer("finance");
const NOW = new Date("2026-11-22T12:00:00Z");
const SEPTEMBER = monthNamed("2026-09");
const { sql } = await createTestDatabase();
let spans = 0;

before(async () => {
  // The zone's months begin at 18:15 UTC, where UTC has no boundary.
  await sql`update organization set time_zone = 'Asia/Kathmandu'`;
  await sql`insert into team (slug, name) values ('search', 'Search'), ('payments', 'Payments')`;
});

/** Every test begins with usage and without any month closed. */
beforeEach(async () => {
  await sql`delete from closed_month`;
  for (const table of ["closed_line", "closed_usage", "closed_focus", "adjustment"]) {
    await sql`alter table ${sql(table)} disable trigger all`;
    await sql`delete from ${sql(table)}`;
    await sql`alter table ${sql(table)} enable trigger all`;
  }
  await call("search", "2026-09-10T12:00:00Z");
  await call("payments", "2026-09-20T12:00:00Z");
});

async function call(team: string, at: string): Promise<void> {
  const plan = await loadIngestPlan(sql);
  const event = modelCall(`call ${++spans}`, {
    ...{ startedAtMs: Date.parse(at), tokens: tokens(200_000, 100_000) },
    attributes: { "team.id": team },
    traceId: spans.toString(16).padStart(32, "a"),
  });
  await new Ledger(sql, () => plan).commit({
    ...batch([event]),
    receivedAtMs: Date.parse(at) + 60_000,
  });
}

const closing = async () =>
  (await listMonths(sql, finance, NOW)).find((m) => m.month === "2026-09");
const ledgerNow = () =>
  sql.begin((tx) => readMonthLines(tx, SEPTEMBER, "Asia/Kathmandu")) as ReturnType<
    typeof readMonthLines
  >;
const booked = async () =>
  (await readAdjustments(sql, { about: SEPTEMBER })).map(({ subject }) => subject);
async function costsOf(name: string) {
  const month = instantsOf(monthNamed(name), await organizationZone(sql));
  return (await teamCosts(sql, finance, { ...month, bucket: "none" })).total;
}

async function statementOf(name: string, scope: Viewer = finance) {
  return readStatements(sql, scope, instantsOf(monthNamed(name), "Asia/Kathmandu"));
}

/** The closed lines and the adjustments about the month are what the ledger says. */
async function assertNothingLost(): Promise<void> {
  const closed = sumOfLines(await readClosedLines(sql, SEPTEMBER));
  const adjusted = sumOfLines(await booked());
  assert.deepEqual(addCosts(closed, adjusted), sumOfLines(await ledgerNow()));
}

test("late data leaves a closed month as it is, and is booked once in the next open month", async () => {
  const before = await costsOf("2026-09");
  const { hash } = await closeMonth(sql, finance, "2026-09", NOW);
  await call("search", "2026-09-30T18:14:59Z");
  assert.equal((await closing())?.hash, hash);
  const counts = await Promise.all([1, 2].map(() => bookLateChanges(sql, SYSTEM, NOW)));
  assert.deepEqual(counts.toSorted(), [0, 1]);
  assert.equal(await bookLateChanges(sql, finance, NOW), 0);
  const [entry, ...others] = await readAdjustments(sql, { about: SEPTEMBER });
  assert.equal(others.length, 0);
  assert.deepEqual(
    [entry?.month, entry?.reason, entry?.subject.team, entry?.subject.model],
    ["2026-10", "late_data", "search", "gpt-5.5"],
  );
  await assertNothingLost();
  assert.deepEqual(await costsOf("2026-09"), before);
  assert.deepEqual(await costsOf("2026-10"), entry?.subject.costs);
  assert.deepEqual((await verifyClosed(sql)).drifts, []);
});

test("a statement of a closed month is what was closed, and ties to the costs of teams", async () => {
  const open = await statementOf("2026-09");
  assert.deepEqual(open.total, await costsOf("2026-09"));
  await closeMonth(sql, finance, "2026-09", NOW);
  await call("search", "2026-09-12T12:00:00Z");
  const closed = await statementOf("2026-09");
  assert.deepEqual(
    closed.lines.map((line) => ({ ...line, isClosed: false })),
    open.lines,
  );
  await bookLateChanges(sql, SYSTEM, NOW);
  for (const month of ["2026-09", "2026-10"]) {
    assert.deepEqual((await statementOf(month)).total, await costsOf(month));
  }
  const { lines } = await statementOf("2026-09", testViewer("viewer", ["search"]));
  assert.deepEqual(new Set(lines.map(({ team }) => team)), new Set(["search"]));
});

test("what is late for two closed months goes past both of them", async () => {
  await closeMonth(sql, finance, "2026-09", NOW);
  await call("payments", "2026-09-11T12:00:00Z");
  await closeMonth(sql, finance, "2026-10", NOW);
  assert.deepEqual(
    (await readAdjustments(sql)).map(({ month }) => month),
    ["2026-10"],
  );
  await call("payments", "2026-09-12T12:00:00Z");
  await bookLateChanges(sql, SYSTEM, NOW);
  assert.deepEqual(
    (await readAdjustments(sql)).map(({ month }) => month),
    ["2026-11", "2026-10"],
  );
  await assertNothingLost();
  assert.deepEqual((await verifyClosed(sql)).drifts, []);
});

test("usage that moves to another team is booked on both sides and comes to nothing", async () => {
  await closeMonth(sql, finance, "2026-09", NOW);
  await sql`update dimension_set set team = 'moved' where team = 'payments'`;
  await bookLateChanges(sql, SYSTEM, NOW);
  const entries = await readAdjustments(sql);
  assert.deepEqual(new Set(entries.map(({ reason }) => reason)), new Set(["reallocated"]));
  assert.deepEqual(sumOfLines(entries.map(({ subject }) => subject)), NO_COSTS);
  await assertNothingLost();
});

test("a month that is opened again shows the ledger, and closing it anew leaves nothing booked", async () => {
  const [log] = await sql`select coalesce(max(id), 0) as last from audit_entry`;
  const { hash } = await closeMonth(sql, finance, "2026-09", NOW);
  await call("search", "2026-09-11T12:00:00Z");
  await bookLateChanges(sql, SYSTEM, NOW);
  await reopenMonth(sql, finance, { month: "2026-09", reason: "Wrong seats" }, NOW);
  assert.deepEqual(sumOfLines(await booked()), NO_COSTS);
  assert.deepEqual(await costsOf("2026-10"), NO_COSTS);
  assert.equal((await closing())?.reopened?.reason, "Wrong seats");
  const again = await closeMonth(sql, finance, "2026-09", NOW);
  assert.notEqual(again.hash, hash);
  assert.equal(await bookLateChanges(sql, SYSTEM, NOW), 0);
  await assertNothingLost();
  const kept = await sql`select distinct closing from closed_line order by 1`;
  assert.deepEqual(
    kept.map(({ closing: number }) => number),
    [1, 2],
  );
  const actions = await sql`
    select action from audit_entry where target_kind = 'closed_month' and id > ${log?.last} order by id`;
  assert.deepEqual(
    actions.map(({ action }) => action),
    ["month.closed", "adjustment.booked", "month.reopened", "adjustment.booked", "month.closed"],
  );
});

test("only finance closes, only what is over and only once; opening again needs a reason", async () => {
  const close = (viewer = finance, name = "2026-09") => closeMonth(sql, viewer, name, NOW);
  await assert.rejects(close(testViewer("manager", ["search"])), { code: "forbidden" });
  await assert.rejects(close(testViewer("finance", ["search"])), { code: "forbidden" });
  await assert.rejects(close(finance, "2026-11"), { code: "invalid" });
  await assert.rejects(close(finance, "2026-13"), { code: "invalid" });
  const reopen = (reason: string) => reopenMonth(sql, finance, { month: "2026-09", reason }, NOW);
  await assert.rejects(reopen("why"), { code: "not_found" });
  const tries = await Promise.allSettled([close(), close()]);
  assert.deepEqual(tries.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  await assert.rejects(reopen("  "), { code: "invalid" });
});

test("closed lines cannot be changed, and verify names a month whose figures are not its own", async () => {
  await closeMonth(sql, finance, "2026-09", NOW);
  await assert.rejects(sql`update closed_line set effective = 0`, /only ever added/);
  await assert.rejects(sql`delete from closed_line`, /only ever added/);
  await sql`alter table closed_line disable trigger all`;
  await sql`update closed_line set effective = effective + 0.000000000000000001 where line = 0`;
  const { months, drifts } = await verifyClosed(sql);
  assert.deepEqual([months, drifts.map(({ month }) => month)], [1, ["2026-09"]]);
});
