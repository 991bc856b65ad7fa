import assert from "node:assert/strict";
import { before, test } from "node:test";
import { SYSTEM } from "#lib/audit/actor.ts";
import { NO_COSTS } from "#lib/cost-model/costs.ts";
import { exportFocus } from "#lib/focus/export-rows.ts";
import type { FocusRow } from "#lib/focus/focus-row.ts";
import { toDecimal } from "#lib/money/money.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import { csvText } from "#lib/tables/write-csv.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { bookLateChanges } from "./book-late-changes.ts";
import { closeMonth } from "./close-month.ts";
import { EntryInput } from "./hand-entry.ts";
import { bookByHand, listJournal, reverseBooking } from "./journal.ts";
import { JOURNAL_COLUMNS } from "./journal-columns.ts";
import { instantsOf, monthNamed } from "./month.ts";
import { readStatements } from "./statements.ts";

const { sql } = await createTestDatabase();
const finance = testViewer("finance");
const NOW = new Date("2026-11-22T12:00:00Z");
const OCTOBER = instantsOf(monthNamed("2026-10"), "UTC");

before(async () => {
  await sql`insert into team (slug, name, cost_center)
            values ('search', 'Search', 'CC-1'), ('payments', 'Payments', null)`;
});

const input = (more: object) =>
  EntryInput.parse({
    ...{ kind: "credit", month: "2026-10", team: "search", amount: "10.5" },
    ...{ note: "Outage", reference: "INV-3", ...more },
  });
const book = (more: object, viewer = finance) => bookByHand(sql, viewer, input(more), NOW);
const amounts = (entries: Awaited<ReturnType<typeof book>>) =>
  entries.map(({ subject }) => [
    subject.team,
    toDecimal(subject.costs.effective),
    toDecimal(subject.costs.billed),
  ]);
const total = async (team: string) =>
  toDecimal(
    (await teamCosts(sql, finance, { ...OCTOBER, bucket: "none", teams: [team] })).total.effective,
  );

test("each kind has its sign, and both sides of a move come to nothing", async () => {
  assert.deepEqual(amounts(await book({})), [["search", "-10.5", "-10.5"]]);
  assert.deepEqual(amounts(await book({ kind: "charge", amount: "0.000000000000000001" })), [
    ["search", "0.000000000000000001", "0.000000000000000001"],
  ]);
  assert.deepEqual(amounts(await book({ kind: "write_off", amount: "3" })), [
    ["search", "-3", "0"],
  ]);
  const move = await book({ kind: "move", to_team: "payments", amount: "999999999999" });
  assert.deepEqual(amounts(move), [
    ["payments", "999999999999", "999999999999"],
    ["search", "-999999999999", "-999999999999"],
  ]);
  assert.equal(new Set(move.map(({ booking }) => booking)).size, 1);
  assert.equal(move.find(({ subject }) => subject.team === "search")?.subject.costCenter, "CC-1");
});

test("statements, costs of teams and FOCUS hold the journal, to the last digit", async () => {
  assert.equal(await total("search"), "-1000000000012.499999999999999999");
  assert.equal(await total("payments"), "999999999999");
  const statement = await readStatements(sql, finance, OCTOBER);
  const costs = (await teamCosts(sql, finance, { ...OCTOBER, bucket: "none" })).total;
  assert.deepEqual(statement.total, costs);
  const rows: FocusRow[] = [];
  await exportFocus(sql, finance, OCTOBER, async (summary) => {
    assert.deepEqual(summary.total, costs);
    return async (some) => void rows.push(...some);
  });
  const credit = rows.find(({ EffectiveCost }) => EffectiveCost === "-10.5");
  assert.deepEqual(
    [credit?.ChargeCategory, credit?.ChargeClass, credit?.ChargeDescription],
    ["Adjustment", null, "credit · Outage · INV-3"],
  );
});

test("a booking that is sent again, also at the same time, is booked once", async () => {
  const booking = crypto.randomUUID();
  const [first, again] = await Promise.all([book({ booking }), book({ booking })]);
  assert.deepEqual(first, again);
  assert.equal((await listJournal(sql, finance)).filter((e) => e.booking === booking).length, 1);
});

test("an entry is never changed; it is taken back once, both sides together", async () => {
  const before = await total("search");
  const [entry] = await book({ kind: "move", to_team: "payments" });
  assert.ok(entry !== undefined);
  const wanted = { id: entry.id, note: "Wrong team" };
  const taken = await reverseBooking(sql, finance, wanted, NOW);
  assert.deepEqual(taken.map(({ subject }) => subject.team).toSorted(), ["payments", "search"]);
  assert.equal(await total("search"), before);
  await assert.rejects(reverseBooking(sql, finance, wanted, NOW), { code: "conflict" });
  const back = { id: taken[0]?.id ?? "", note: "again" };
  await assert.rejects(reverseBooking(sql, finance, back, NOW), { code: "conflict" });
  await assert.rejects(sql`update adjustment set note = 'other'`, /only ever added/);
  await assert.rejects(sql`delete from adjustment`, /only ever added/);
  const [audit] = await sql`
    select action, after from audit_entry where target_kind = 'adjustment' order by id desc limit 1`;
  assert.equal(audit?.action, "adjustment.reversed");
  assert.equal(audit?.after.entries.length, 2);
});

test("only finance books, for known teams, in months that are open and have begun", async () => {
  await assert.rejects(book({}, testViewer("manager", ["search"])), { code: "forbidden" });
  await assert.rejects(book({}, testViewer("finance", ["search"])), { code: "forbidden" });
  await assert.rejects(listJournal(sql, testViewer("viewer", ["search"])), { code: "forbidden" });
  await assert.rejects(book({ team: "nobody" }), { code: "not_found" });
  await assert.rejects(book({ month: "2026-12" }), { code: "invalid" });
  const wrong = [
    { amount: "-1" },
    { amount: "0" },
    { amount: "1e3" },
    { amount: "1.0000000000000000001" },
    { note: " " },
    { reference: "" },
    { kind: "move" },
    { kind: "move", to_team: "search" },
    { to_team: "payments" },
  ];
  for (const more of wrong) assert.throws(() => input(more), JSON.stringify(more));
});

test("a closed month takes no entry and keeps its hash; its entries are taken back in an open one", async () => {
  const [entry] = await listJournal(sql, finance, "2026-10");
  const [open] = await book({ team: "payments", amount: "7" });
  assert.ok(entry !== undefined && open !== undefined);
  const { hash, totals } = await closeMonth(sql, finance, "2026-10", NOW);
  assert.equal(
    totals.effective_cost,
    toDecimal((await teamCosts(sql, finance, { ...OCTOBER, bucket: "none" })).total.effective),
  );
  await assert.rejects(book({}), { code: "closed_period" });
  const wanted = { id: open.id, note: "Not ours" };
  await assert.rejects(reverseBooking(sql, finance, wanted, NOW), { code: "closed_period" });
  await reverseBooking(sql, finance, { ...wanted, month: "2026-11" }, NOW);
  assert.equal(await bookLateChanges(sql, SYSTEM, NOW), 0);
  const [kept] = await sql`select hash from closed_month`;
  assert.equal(kept?.hash, hash);
});

test("the file has every entry, and text that would run as a formula is guarded", async () => {
  await book({ month: "2026-11", note: "=1+1", reference: "發票 42" });
  const entries = await listJournal(sql, finance);
  const lines = csvText(JOURNAL_COLUMNS, entries, "excel").trimEnd().split("\r\n");
  assert.equal(lines.length, entries.length + 1);
  assert.ok(lines.some((line) => line.includes(`,"'=1+1",發票 42,`)));
  assert.notDeepEqual(entries[0]?.subject.costs, NO_COSTS);
});
