import assert from "node:assert/strict";
import { before, test } from "node:test";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { openExport } from "#lib/exports/open-export.ts";
import { readTable } from "#lib/imports/csv-table.ts";
import { parseUsd, sumUsd, toDecimal } from "#lib/money/money.ts";
import { acceptGap } from "#lib/reconciliation/accept-gap.ts";
import { uploadInvoice } from "#lib/reconciliation/reconcile.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { closeMonth } from "./close-month.ts";
import { saveGlCodes } from "./gl-codes.ts";
import { bothCosts } from "./hand-entry.ts";
import { bookSides } from "./journal.ts";
import { verifyClosed } from "./verify-closed.ts";

const { sql } = await createTestDatabase();
const finance = testViewer("finance");
const NOW = new Date("2026-11-22T12:00:00Z");
const TEAMS = 10_000;
const AMOUNTS = ["0.000000000000000001", "1000000000000", "-0.005", "12.345678901234567891"];
const CENTERS = ["=1+1", '成本中心, "甲"'];
const amountOf = (team: number) => parseUsd(AMOUNTS[team % AMOUNTS.length] ?? "");
const TOTAL = sumUsd(Array.from({ length: TEAMS }, (_, team) => amountOf(team)));

before(async () => {
  await sql`
    insert into team (slug, name, cost_center)
    select 't' || n, '團隊 ' || n, (${CENTERS}::text[])[1 + n % 2] from generate_series(0, ${TEAMS - 1}) n`;
  const sides = Array.from({ length: TEAMS }, (_, team) => ({
    team: `t${team}`,
    costs: bothCosts(amountOf(team)),
  }));
  await sql.begin((tx) =>
    bookSides(tx, finance, {
      ...{ month: "2026-10", reason: "charge", sides, note: "=2+2", reference: "發票 1" },
      ...{ booking: crypto.randomUUID(), now: NOW },
    }),
  );
  await saveGlCodes(sql, finance, [
    { dimension: "line", value: "adjustment", code: "=6100" },
    { dimension: "offset", value: "", code: "2100" },
    { dimension: "cost_center", value: CENTERS[1] ?? "", code: "專案" },
  ]);
});

/** A file as a spreadsheet would read it, and what its headers say. */
async function file(wanted: object) {
  const { body, control } = await openExport(
    sql,
    finance,
    ExportRequest.parse({ ...wanted, flavor: "excel" }),
    NOW,
    {
      pace: "attended",
    },
  );
  const text = await new Response(body).text();
  return {
    rows: readTable(text).rows.map(({ read }) =>
      Object.fromEntries(Object.entries(read()).map(([name, cell]) => [name, String(cell)])),
    ),
    control: control(),
  };
}
const sumOf = (rows: readonly Record<string, string>[], column: string) =>
  sumUsd(rows.map((row) => parseUsd(row[column] || "0")));

const october = { from: "2026-10-01", to: "2026-11-01" };

test("10,000 teams' statements with amounts from 1e-18 to 1e12 add up to the last digit", async () => {
  const { rows, control } = await file({ export: "statements", parameters: october });
  assert.equal(rows.length, TEAMS);
  assert.equal(sumOf(rows, "effective_cost"), TOTAL);
  assert.equal(control.total, toDecimal(TOTAL));
  assert.deepEqual(new Set(rows.map((row) => row.cost_center)), new Set([`'=1+1`, CENTERS[1]]));
});

test("their journal balances to the cent, and nothing in it runs as a formula", async () => {
  const { rows } = await file({ export: "gl-journal", parameters: { month: "2026-10" } });
  const cents = parseUsd("0.01");
  const [debit, credit] = [sumOf(rows, "debit"), sumOf(rows, "credit")];
  assert.equal(debit, credit);
  const off =
    sumUsd(
      rows.filter(({ team }) => team !== "").map((row) => parseUsd(row.debit || `-${row.credit}`)),
    ) - TOTAL;
  assert.ok(-cents < 2n * off && 2n * off < cents, String(off));
  assert.ok(rows.some(({ account }) => account === "'=6100"));
  assert.ok(rows.some(({ project }) => project === "專案"));
  assert.ok(!rows.some((row) => Object.values(row).some((text) => /^[=+@]/.test(text))));
});

test("the closing of such a month holds, and an invoice of 1e12 and 1e-18 is booked to the digit", async () => {
  const { totals } = await closeMonth(sql, finance, "2026-10", NOW);
  assert.equal(totals.effective_cost, toDecimal(TOTAL));
  assert.deepEqual(await verifyClosed(sql), { months: 1, drifts: [] });
  const answer = await uploadInvoice(
    sql,
    finance,
    {
      ...{ source: "csv", month: "2026-11", fileName: "=1+1.csv", isRehearsal: false },
      text: "item,sum\r\n=1+1,1e12\r\n模型,0.000000000000000001\r\n",
      columns: { amount: "sum", model: "item" },
      ...{ provider: "openai", toEarlier: null },
    },
    NOW,
  );
  assert.ok(answer.kind === "kept" && answer.id !== null);
  const note = "@SUM(1)";
  await acceptGap(sql, finance, { id: answer.id, month: "2026-11", team: "t1", note }, NOW);
  const { rows } = await file({ export: "adjustments", parameters: { month: "2026-11" } });
  assert.deepEqual(
    rows.map((row) => [row.effective_cost, row.note, row.reference]),
    [["1000000000000.000000000000000001", "'@SUM(1)", "'=1+1.csv (2026-11)"]],
  );
  const compared = await file({
    export: "reconciliation",
    parameters: { id: answer.id, by: "model" },
  });
  assert.deepEqual(
    compared.rows.map(({ model }) => model).toSorted(),
    ["'=1+1", "模型"].toSorted(),
  );
  assert.equal(compared.control.total, "1000000000000.000000000000000001");
});
