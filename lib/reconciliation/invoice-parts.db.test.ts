import assert from "node:assert/strict";
import { test } from "node:test";
import { listJournal, reverseBooking } from "#lib/close/journal.ts";
import { monthNamed } from "#lib/close/month.ts";
import { kpiTerm } from "#lib/kpis/kpi.ts";
import { readKpis } from "#lib/kpis/read-kpis.ts";
import { toDecimal } from "#lib/money/money.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { acceptGap } from "./accept-gap.ts";
import { listInvoices, readReconciliation, uploadInvoice } from "./reconcile.ts";
import { standingOf } from "./standing.ts";
import { withdrawInvoice } from "./withdraw-invoice.ts";

const { sql } = await createTestDatabase();
const finance = testViewer("finance");
const NOW = new Date("2026-11-22T12:00:00Z");

/** An invoice of openai with one row; nothing of it is in the ledger. */
async function upload(amount: string, toEarlier: string | null, isRehearsal = false) {
  const answer = await uploadInvoice(
    sql,
    finance,
    {
      ...{ source: "csv", month: "2026-10", fileName: `${amount}.csv`, isRehearsal, toEarlier },
      text: `day,model,amount\r\n2026-10-03,gpt-5.5,${amount}`,
      columns: { amount: "amount", day: "day", model: "model" },
      provider: "openai",
    },
    NOW,
  );
  assert.ok(answer.kind !== "refused");
  return { ...answer, id: answer.id ?? "", gap: toDecimal(answer.comparison.gap) };
}

const accept = (id: string) =>
  acceptGap(sql, finance, { id, month: "2026-11", team: "unallocated", note: "agreed" }, NOW);
const booked = async () =>
  (await listJournal(sql, finance)).map(({ subject }) => toDecimal(subject.costs.billed));
/** Gap of the month's key figure, as dollars over dollars. */
const keyFigure = async () => {
  const { kpis } = await readKpis(sql, finance, monthNamed("2026-10"), NOW.getTime());
  const found = kpis.reconciliation_gap;
  return found && kpiTerm("reconciliation_gap", "denominator", found);
};

test("a further part is owed too, a correction takes the place of one, and each is booked once", async () => {
  const first = await upload("100", null);
  await accept(first.id);
  await assert.rejects(upload("40", null), { code: "conflict", message: /100\.csv/ });
  const asked = await upload("40", null, true);
  assert.deepEqual([asked.gap, asked.earlier.map(({ id }) => id)], ["40", [first.id]]);
  assert.equal((await upload("40", "replace", true)).gap, "40");

  const part = await upload("40", "add");
  assert.equal(part.gap, "140");
  await accept(part.id);
  assert.deepEqual((await booked()).toSorted(), ["100", "40"]);
  assert.equal(await keyFigure(), "140");

  const corrected = await upload("90", first.id);
  assert.equal(corrected.gap, "130");
  await assert.rejects(accept(first.id), { code: "conflict" });
  await accept(corrected.id);
  assert.deepEqual((await booked()).toSorted(), ["-10", "100", "40"]);
  assert.equal(await keyFigure(), "130");
  // What was told before stays as it was told.
  const before = await readReconciliation(sql, finance, part.id);
  assert.deepEqual([toDecimal(before.comparison.gap), before.standing.state], ["140", "added_to"]);
});

test("a withdrawn invoice counts no more, what it replaced does, and its file may come again", async () => {
  const wrong = await upload("7", "replace");
  assert.equal(await keyFigure(), "7");
  await accept(wrong.id);
  const withdraw = () => withdrawInvoice(sql, finance, { id: wrong.id, note: "wrong file" }, NOW);
  await assert.rejects(withdraw(), { code: "conflict", message: /booked/ });
  const [entry] = (await listJournal(sql, finance)).filter(
    ({ reference }) => reference === "7.csv (2026-10)",
  );
  await reverseBooking(sql, finance, { id: entry?.id ?? "", note: "wrong file" }, NOW);
  const viewer = testViewer("viewer", ["search"]);
  await assert.rejects(withdrawInvoice(sql, viewer, { id: wrong.id, note: "no" }, NOW), {
    code: "forbidden",
  });
  await withdraw();
  await assert.rejects(withdraw(), { code: "conflict" });
  assert.equal(await keyFigure(), "130");
  const all = await listInvoices(sql, finance);
  const told = all.find(({ id }) => id === wrong.id);
  assert.ok(told !== undefined && told.withdrawn?.note === "wrong file");
  assert.equal(standingOf(told, all).state, "withdrawn");
  assert.equal((await upload("7", "add")).gap, "137");
  const audited = await sql<{ action: string }[]>`
    select action from audit_entry where action like 'reconciliation.%' order by id`;
  assert.deepEqual(
    Map.groupBy(audited, ({ action }) => action)
      .entries()
      .map(([action, rows]) => `${action} ${rows.length}`)
      .toArray(),
    ["reconciliation.uploaded 5", "reconciliation.accepted 4", "reconciliation.withdrawn 1"],
  );
});

test("two who upload the same month at once are not both first", async () => {
  const at = (amount: string) => upload(amount, null);
  await sql`delete from reconciliation`;
  const ends = await Promise.allSettled([at("1"), at("2")]);
  assert.deepEqual(ends.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
});
