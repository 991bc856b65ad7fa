import assert from "node:assert/strict";
import { before, test } from "node:test";
import { recordCharge, recordTeamModel } from "#lib/cost-book/change-cost-book.ts";
import { ChargeInput, ModelInput } from "#lib/cost-book/cost-input.ts";
import { newCharge, newModel } from "#lib/cost-book/from-input.ts";
import { addCosts } from "#lib/cost-model/costs.ts";
import { sumUsd } from "#lib/money/money.ts";
import { csvText } from "#lib/tables/write-csv.ts";
import { ingest, mixedCalls } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { modelCall, tokens } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { closeMonth } from "./close-month.ts";
import { saveGlCodes } from "./gl-codes.ts";
import { ofCents } from "./gl-journal.ts";
import { EntryInput } from "./hand-entry.ts";
import { bookByHand } from "./journal.ts";
import { instantsOf, monthNamed } from "./month.ts";
import { readGlJournal, requireCodes } from "./read-gl-journal.ts";
import { readStatement } from "./read-statement.ts";
import { sumOfLines } from "./statement-line.ts";
import { statementRows } from "./statement-rows.ts";
import { readStatements } from "./statements.ts";
import { statementFileRows, teamStatementColumns } from "./team-statement-columns.ts";

const { sql } = await createTestDatabase();
const finance = testViewer("finance");
const NOW = new Date("2026-11-22T12:00:00Z");
const MONTH = "2026-10";

before(async () => {
  await sql`insert into team (slug, name, cost_center)
            values ('search', 'Search', 'CC-1'), ('payments', 'Payments', 'CC-1')`;
  await ingest(sql, mixedCalls(400));
  const seat = { kind: "seat", name: "Seats", team: "search", provider: "anthropic" };
  const paid = { amount: "30", quantity: 3, recurrence: "monthly", starts_on: "2026-10-01" };
  await recordCharge(sql, finance, newCharge(ChargeInput.parse({ ...seat, ...paid })));
  const markup = { team: "payments", effective_from: "2026-10-01", markup: "5%" };
  await recordTeamModel(sql, finance, newModel(ModelInput.parse(markup)));
  const entry = { kind: "credit", month: MONTH, team: "search", amount: "1.25" };
  const why = { note: "Outage", reference: "INV-3" };
  await bookByHand(sql, finance, EntryInput.parse({ ...entry, ...why }), NOW);
});

const team = (value: string, viewer = finance) =>
  readStatement(sql, viewer, { month: MONTH, of: { kind: "team", value } });
const everyLine = async () => readStatements(sql, finance, instantsOf(monthNamed(MONTH), "UTC"));

/** What is on the page adds up to what the list and the file of all statements say. */
async function assertTies(value: string) {
  const statement = await team(value);
  const ours = (await everyLine()).lines.filter((line) => line.team === value);
  assert.deepEqual(statement.total, sumOfLines(ours));
  const parts = [...statement.usage, ...statement.fixed];
  const entries = sumOfLines(statement.entries.map(({ subject }) => subject));
  const told = addCosts(sumOfLines(parts), addCosts(entries, statement.carried));
  assert.deepEqual(told, statement.total);
  for (const model of statement.usage) {
    assert.deepEqual(sumOfLines(model.classes), model.costs);
    assert.equal(
      model.classes.reduce((sum, each) => sum + each.tokens, 0n),
      model.tokens,
    );
  }
  return statement;
}

test("a statement's models, classes, charges and entries add up to the team's lines", async () => {
  const search = await assertTies("search");
  assert.equal(search.closing, null);
  assert.ok(search.usage.some(({ classes }) => classes.some(({ name }) => name === "cache_read")));
  assert.ok(search.fixed.some(({ chargeName }) => chargeName === "Seats"));
  assert.deepEqual(
    search.entries.map(({ note }) => note),
    ["Outage"],
  );
  const payments = await assertTies("payments");
  assert.ok(payments.fixed.some(({ kind }) => kind === "markup"));
});

test("a cost centre's statement is its lines of all teams, and the list is their sum", async () => {
  const of = { kind: "cost_center", value: "CC-1" } as const;
  const center = await readStatement(sql, finance, { month: MONTH, of });
  const { lines, total } = await everyLine();
  const ours = lines.filter(({ costCenter }) => costCenter === "CC-1");
  assert.deepEqual(center.total, sumOfLines(ours));
  for (const by of ["team", "cost_center"] as const) {
    const rows = statementRows(lines, MONTH, by);
    assert.equal(sumUsd(rows.map(({ costs }) => costs.effective)), total.effective);
    for (const { parts, costs } of rows) {
      assert.equal(sumUsd(Object.values(parts)), costs.effective);
    }
  }
});

test("the file adds up to the page, to the last digit", async () => {
  const statement = await team("search");
  const rows = statementFileRows(statement);
  const csv = csvText(teamStatementColumns(statement), rows, "data");
  const [head = "", ...body] = csv.trimEnd().split("\r\n");
  assert.equal(body.length, rows.length);
  const column = head.split(",").indexOf("effective_cost");
  const cents = body.map((line) => BigInt(toAtto(line.split(",")[column] ?? "")));
  assert.equal(
    cents.reduce((sum, each) => sum + each, 0n),
    statement.total.effective,
  );
});

function toAtto(text: string): string {
  const [whole = "0", rest = ""] = text.replace("-", "").split(".");
  return `${text.startsWith("-") ? "-" : ""}${whole}${rest.padEnd(18, "0")}`;
}

test("nobody sees a team that is out of sight, nor the books", async () => {
  const manager = testViewer("manager", ["search"]);
  assert.ok((await team("search", manager)).lines.length > 0);
  await assert.rejects(team("payments", manager), { code: "not_found" });
  await assert.rejects(team("nobody"), { code: "not_found" });
  const of = { kind: "cost_center", value: "CC-1" } as const;
  const seen = await readStatement(sql, manager, { month: MONTH, of });
  assert.deepEqual([...new Set(seen.lines.map((line) => line.team))], ["search"]);
  const wanted = { month: MONTH, cost: "effective" } as const;
  await assert.rejects(readGlJournal(sql, manager, wanted), { code: "forbidden" });
  await assert.rejects(saveGlCodes(sql, manager, []), { code: "forbidden" });
});

test("the journal for the books is refused without accounts, and else is the statements to the cent", async () => {
  const wanted = { month: MONTH, cost: "effective" } as const;
  const open = await readGlJournal(sql, finance, wanted);
  assert.throws(() => requireCodes(open), { code: "conflict" });
  await saveGlCodes(sql, finance, [
    ...open.missing.map((missing) => ({ ...missing, code: "6100" })),
    { dimension: "cost_center", value: "CC-1", code: "P-1" },
  ]);
  const { postings, missing } = await readGlJournal(sql, finance, wanted);
  assert.deepEqual(missing, []);
  const { total } = await everyLine();
  const booked = ofCents(
    postings.reduce((sum, { team: of, cents }) => (of === null ? sum : sum + cents), 0n),
  );
  const off = booked > total.effective ? booked - total.effective : total.effective - booked;
  assert.ok(2n * off <= 10n ** 16n, `off by ${off}`);
  const [audit] = await sql`select after from audit_entry where action = 'gl_codes.changed'`;
  assert.ok(audit?.after.includes("cost_center CC-1: P-1"));
});

test("a closed statement stays, class by class, whatever comes later", async () => {
  const before = await team("search");
  const { hash } = await closeMonth(sql, finance, MONTH, NOW);
  assert.deepEqual((await team("search")).usage, before.usage);
  await ingest(sql, [
    modelCall("late", {
      ...{ startedAtMs: Date.parse("2026-10-11T10:00:00Z"), tokens: tokens(5_000, 70) },
      ...{ traceId: "f".repeat(32), attributes: { "team.id": "search" } },
    }),
  ]);
  const closed = await assertTies("search");
  assert.equal(closed.closing?.hash, hash);
  assert.deepEqual(closed.total, before.total);
  assert.deepEqual(closed.usage, before.usage);
});

test("months told together are those told one by one, with a closed one between open ones", async () => {
  const call = (day: string) =>
    modelCall(day, {
      ...{ startedAtMs: Date.parse(`${day}T10:00:00Z`), tokens: tokens(9_000, 90) },
      ...{
        traceId: day.replaceAll("-", "").padStart(32, "e"),
        attributes: { "team.id": "search" },
      },
    });
  await ingest(sql, [call("2026-09-03"), call("2026-09-30"), call("2026-11-01")]);
  const ends = (name: string) => instantsOf(monthNamed(name), "UTC");
  const linesOf = async (first: string, last: string) =>
    (await readStatements(sql, finance, { from: ends(first).from, to: ends(last).to })).lines;
  const months = ["2026-08", "2026-09", MONTH, "2026-11"];
  const each = await Promise.all(months.map((month) => linesOf(month, month)));
  assert.deepEqual(await linesOf("2026-08", "2026-11"), each.flat());
  const state = new Map(each.flat().map(({ month, isClosed }) => [month, isClosed]));
  assert.deepEqual(
    [...state],
    [
      ["2026-09", false],
      [MONTH, true],
      ["2026-11", false],
    ],
  );
});
