import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Viewer } from "#lib/access/viewer.ts";
import { closeMonth } from "#lib/close/close-month.ts";
import { closedMonth, listMonths } from "#lib/close/list-months.ts";
import { sumOfLines } from "#lib/close/statement-line.ts";
import { recordCharge } from "#lib/cost-book/change-cost-book.ts";
import { ChargeInput } from "#lib/cost-book/cost-input.ts";
import { newCharge } from "#lib/cost-book/from-input.ts";
import { parseUsd, sumUsd, toDecimal } from "#lib/money/money.ts";
import { dataQuality } from "#lib/reports/data-quality.ts";
import { listEvents } from "#lib/reports/events.ts";
import { planOrPay, savedBy } from "#lib/reports/plan-or-pay.ts";
import { listProducers } from "#lib/reports/producers.ts";
import { marksOf, QUALITY_TABLES } from "#lib/reports/quality-tables.ts";
import { listSessions } from "#lib/reports/sessions.ts";
import { toolCallReport } from "#lib/reports/tool-calls.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { ingest, mixedCalls } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { ExportRequest } from "./export-request.ts";
import { openExport } from "./open-export.ts";

const { sql } = await createTestDatabase();
const NOW = new Date("2026-11-22T12:00:00Z");
const OCTOBER = { from: new Date("2026-10-01T00:00:00Z"), to: new Date("2026-11-01T00:00:00Z") };
const DAYS = { from: "2026-10-01", to: "2026-11-01" };
const finance = testViewer("finance");
const search: Viewer = { ...testViewer("viewer", ["search"]), persons: "none" };

before(async () => {
  await sql`insert into team (slug, name) values ('search', 'Search'), ('payments', 'Payments')`;
  // More than one page of rows, so that the pages have to meet.
  await ingest(sql, mixedCalls(2_300));
});

/** The rows of a file, and what its sidecar says. */
async function fileOf(
  name: string,
  parameters: Readonly<Record<string, string | string[]>> = {},
  viewer: Viewer = finance,
) {
  const request = ExportRequest.parse({ export: name, format: "jsonl", parameters });
  const { body, control } = await openExport(sql, viewer, request, NOW, { pace: "attended" });
  const lines = (await new Response(body).text()).split("\n").slice(0, -1);
  const rows = lines.map((line) => JSON.parse(line) as Readonly<Record<string, string | null>>);
  assert.equal(control().rows, rows.length);
  return { rows, control: control() };
}

const question = { ...OCTOBER, groupBy: [], bucket: "none", timeZone: "UTC", filters: {} } as const;

test("a file of events has every row once, and its total is what usage says in each of the costs", async () => {
  for (const viewer of [finance, search]) {
    for (const costBasis of COST_BASES) {
      const asked = { ...DAYS, cost: costBasis, counted: "true" };
      const { rows, control } = await fileOf("events", asked, viewer);
      const { total } = await usageReport(sql, viewer, { ...question, costBasis });
      const truth = toDecimal(total.cost);
      assert.deepEqual([control.total, control.sums.cost], [truth, truth], costBasis);
      assert.equal(control.unpriced_calls, total.unpricedCalls);
      assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
    }
  }
  const { rows } = await fileOf("events", DAYS);
  const { events } = await listEvents(sql, finance, { ...OCTOBER, filters: {}, limit: 5_000 });
  assert.deepEqual(
    rows.map(({ id, cost }) => [id, cost]),
    events.map(({ id, cost }) => [id, cost === null ? null : toDecimal(cost)]),
  );
  assert.ok(rows.length > 2_000);
});

test("a file of usage that is read in several batches has every row once", async () => {
  const groups = ["team", "user", "session", "model", "status"] as const;
  const asked = { ...DAYS, group_by: groups.join(","), bucket: "hour" };
  const { rows, control } = await fileOf("usage", asked);
  const report = await usageReport(sql, finance, {
    ...{ ...question, groupBy: groups, bucket: "hour", costBasis: "effective" },
  });
  const truth = toDecimal(report.total.cost);
  assert.deepEqual([control.total, control.sums.cost], [truth, truth]);
  assert.deepEqual(
    rows.map(({ cost }) => cost),
    report.rows.map(({ measures }) => toDecimal(measures.cost)),
  );
  assert.ok(rows.length > 1_000);
});

test("a file of events names nobody to who may not see persons, and no other team", async () => {
  const { rows } = await fileOf("events", DAYS, search);
  assert.ok(rows.length > 0);
  assert.ok(rows.every(({ team, user }) => team === "search" && user === null));
});

test("a file of sessions is what the page lists, and adds up to usage with a session", async () => {
  for (const viewer of [finance, search]) {
    const { rows, control } = await fileOf("sessions", DAYS, viewer);
    const { sessions } = await listSessions(sql, viewer, { ...OCTOBER, limit: 5_000 });
    assert.deepEqual(
      rows.map(({ session, cost }) => [session, cost]),
      sessions.map(({ session, measures }) => [session, toDecimal(measures.cost)]),
    );
    const { total } = await usageReport(sql, viewer, { ...question, costBasis: "effective" });
    assert.equal(control.sums.cost, toDecimal(total.cost));
  }
});

test("a file of tool calls is the report behind the page", async () => {
  const report = await toolCallReport(sql, finance, {
    ...{ ...OCTOBER, groupBy: ["tool"], costBasis: "effective", filters: {} },
  });
  const { rows, control } = await fileOf("tool-calls", DAYS);
  assert.ok(rows.length > 0);
  assert.deepEqual(
    rows.map(({ tool, calls, errors }) => [tool, Number(calls), Number(errors)]),
    report.rows.map(({ group, calls, errors }) => [group.tool ?? null, calls, errors]),
  );
  assert.equal(control.total, toDecimal(report.total.cost));
});

const SEATS = {
  ...{ kind: "seat", name: "Seats", provider: "openai", team: "search" },
  ...{ amount: "20", quantity: 3, recurrence: "monthly", starts_on: "2026-10-01" },
} as const;

test("plan or pay adds up to its page, and names persons only to those who may see them", async () => {
  await recordCharge(sql, finance, newCharge(ChargeInput.parse(SEATS)));
  const found = await planOrPay(sql, finance, OCTOBER);
  const { rows, control } = await fileOf("plan-or-pay", DAYS);
  assert.deepEqual(
    rows.map(({ charge, cost, saved }) => [charge, cost, saved]),
    found.plans.map((plan) => [plan.charge.name, toDecimal(plan.cost), toDecimal(savedBy(plan))]),
  );
  assert.deepEqual([control.sums.cost, control.total], ["60", "60"]);
  const people = await fileOf("plan-people", DAYS);
  assert.equal(
    people.control.sums.metered_cost,
    toDecimal(sumUsd(found.people.map(({ metered }) => metered))),
  );
  assert.ok(people.rows.length > 0);
  await assert.rejects(fileOf("plan-people", DAYS, search), { code: "forbidden" });
  const payments = testViewer("manager", ["payments"]);
  assert.equal((await fileOf("plan-or-pay", DAYS, payments)).rows.length, 0);
});

test("each table of data quality is what its page lists, and what was refused stays with those of all teams", async () => {
  await sql`
    insert into rejection (hour, reason, signal, key_id, count, last_at, example)
    values ('2026-10-10T08:00Z', 'too_large', 'traces', '', 3, '2026-10-10T08:10Z', '=1+1')`;
  for (const viewer of [finance, search]) {
    const found = await dataQuality(sql, viewer, OCTOBER);
    const listed = {
      ...{ rejected: found.rejected, unpriced: found.unpriced, overlaps: found.overlaps },
      ...{ unallocated: found.unallocated.sources, marks: marksOf(found), keys: found.keys },
      not_counted: found.notCounted,
      producers: await listProducers(sql, viewer, OCTOBER),
    };
    for (const table of QUALITY_TABLES) {
      const { rows, control } = await fileOf("data-quality", { ...DAYS, table }, viewer);
      assert.equal(rows.length, listed[table].length, table);
      if (table !== "unallocated") continue;
      const truth = toDecimal(found.unallocated.cost);
      assert.deepEqual([control.total, control.sums.cost], [truth, truth]);
    }
    const refused = await fileOf("data-quality", { ...DAYS, table: "rejected" }, viewer);
    assert.equal(refused.rows.length, viewer === finance ? 1 : 0);
    const unpriced = await fileOf("data-quality", { ...DAYS, table: "unpriced" }, viewer);
    assert.deepEqual(
      unpriced.rows.map(({ model, calls }) => [model, Number(calls)]),
      found.unpriced.map(({ model, calls }) => [model, calls]),
    );
    assert.ok(unpriced.rows.length > 0);
  }
});

test("the months and the lines of a closed one are those of the close page", async () => {
  await closeMonth(sql, finance, "2026-10", NOW);
  const months = await listMonths(sql, finance, NOW);
  const list = await fileOf("closed-months");
  assert.deepEqual(
    list.rows.map(({ month, hash, closed_effective_cost: cost }) => [month, hash, cost]),
    months.map(({ month, hash, totals }) => [month, hash, totals?.effective_cost ?? null]),
  );
  const { month, lines } = await closedMonth(sql, finance, "2026-10", NOW);
  const kept = await fileOf("closed-lines", { month: "2026-10" });
  assert.equal(kept.rows.length, lines.length);
  assert.equal(kept.control.sums.effective_cost, month.totals?.effective_cost);
  assert.equal(kept.control.total, month.totals?.effective_cost);
  assert.equal(
    toDecimal(sumUsd(kept.rows.map(({ billed_cost: cost }) => parseUsd(cost ?? "0")))),
    month.totals?.billed_cost,
  );
  const usage = await fileOf("closed-usage", { month: "2026-10" });
  const ofUsage = lines.filter(({ kind }) => kind === "usage" || kind === "covered");
  assert.equal(usage.control.sums.list_cost, toDecimal(sumOfLines(ofUsage).list));
  assert.equal(usage.control.total, toDecimal(sumOfLines(ofUsage).effective));
  for (const name of ["closed-months", "closed-lines", "closed-usage"]) {
    const parameters = name === "closed-months" ? {} : { month: "2026-10" };
    await assert.rejects(fileOf(name, parameters, search), { code: "forbidden" });
  }
});
