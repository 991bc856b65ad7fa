import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createKey } from "#lib/access/keys.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { recordCharge } from "#lib/cost-book/change-cost-book.ts";
import { ChargeInput } from "#lib/cost-book/cost-input.ts";
import { newCharge } from "#lib/cost-book/from-input.ts";
import { toDecimal } from "#lib/money/money.ts";
import { listEvents } from "#lib/reports/events.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { ingest, mixedCalls } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { EXPORTS, type ExportName } from "./export-list.ts";
import { ExportRequest } from "./export-request.ts";
import { openExport } from "./open-export.ts";

const { db, sql } = await createTestDatabase();
const NOW = new Date("2026-11-22T12:00:00Z");
const DAYS = { from: "2026-10-01", to: "2026-11-01" };
const OCTOBER = { from: new Date("2026-10-01T00:00:00Z"), to: new Date("2026-11-01T00:00:00Z") };
const admin = testViewer("admin");
const search: Viewer = { ...testViewer("viewer", ["search"]), persons: "none" };
let secret = "";

before(async () => {
  await sql`insert into team (slug, name) values ('search', '=1+2'), ('payments', 'Payments')`;
  await ingest(sql, mixedCalls(400));
  secret = (await createKey(db, SYSTEM, { kind: "ingest", team: "search", label: "ci" })).secret;
  await sql`
    insert into auth_user (id, name, email, role) values ('u1', '@cmd', 'ben@example.com', 'viewer')`;
  const seat = { kind: "seat", name: "Seats", team: "payments", person: "ben@example.com" };
  const paid = { provider: "anthropic", amount: "30", quantity: 1, recurrence: "monthly" };
  const charge = ChargeInput.parse({ ...seat, ...paid, starts_on: "2026-10-01" });
  await recordCharge(sql, admin, newCharge(charge));
});

async function fileOf(
  name: string,
  parameters: Readonly<Record<string, string | string[]>> = {},
  { viewer = admin, format = "jsonl", flavor = "data" } = {},
) {
  const request = ExportRequest.parse({ export: name, format, flavor, parameters });
  const { body, control } = await openExport(sql, viewer, request, NOW, { pace: "attended" });
  const text = await new Response(body).text();
  return { text, control: control() };
}

async function rowsOf(...asked: Parameters<typeof fileOf>) {
  const { text } = await fileOf(...asked);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Readonly<Record<string, string | null>>);
}

test("what only admins, or admins and finance, see on pages is no file for others", async () => {
  const ofAdmins: readonly ExportName[] = ["keys", "users", "deliveries", "audit"];
  const ofMoney: readonly ExportName[] = [
    ...["rules", "projects", "cost-centers", "exchange-rates", "shared-costs", "people"],
  ] as const satisfies readonly ExportName[];
  const parameters = (name: ExportName) =>
    "id" in EXPORTS[name].parameters.shape ? { id: crypto.randomUUID() } : {};
  for (const name of [...ofAdmins, ...ofMoney]) {
    const asked = fileOf(name, parameters(name), { viewer: search });
    await assert.rejects(asked, { code: "forbidden" }, name);
  }
  for (const name of ofAdmins) {
    const asked = fileOf(name, parameters(name), { viewer: testViewer("finance") });
    await assert.rejects(asked, { code: "forbidden" }, name);
  }
  for (const name of ofMoney) {
    await fileOf(name, {}, { viewer: testViewer("finance") });
  }
});

test("files of keys have no part of a secret", async () => {
  const { text } = await fileOf("keys");
  const [row] = await rowsOf("keys");
  assert.equal(row?.label, "ci");
  const [kept] = await sql<
    { hash: string }[]
  >`select encode(secret_hash, 'hex') as hash from access_key`;
  assert.ok(!text.includes(secret) && !text.includes(secret.slice(-12)));
  assert.ok(!text.includes(kept?.hash ?? "?"));
});

test("names that would run as formulas are guarded in files of settings", async () => {
  for (const [name, cell] of [
    ["teams", '"\'=1+2"'],
    ["users", '"\'@cmd"'],
  ] as const) {
    const { text } = await fileOf(name, {}, { format: "csv", flavor: "excel" });
    assert.ok(text.includes(cell), text);
  }
});

test("a viewer of one team gets its rows alone, and no person", async () => {
  const teams = await rowsOf("teams", {}, { viewer: search });
  assert.deepEqual(
    teams.map(({ slug }) => slug),
    ["search"],
  );
  assert.deepEqual(await rowsOf("charges", {}, { viewer: search }), []);
  const manager: Viewer = { ...testViewer("viewer", ["payments"]), persons: "none" };
  const [seat] = await rowsOf("charges", {}, { viewer: manager });
  assert.deepEqual([seat?.name, seat?.person], ["Seats", null]);
  const twins = await rowsOf("twins", DAYS, { viewer: search });
  assert.ok(twins.every(({ team, user }) => team === "search" && user === null));
});

test("agents and the receipt of usage add up to what usage says, in every cost", async () => {
  const question = {
    ...OCTOBER,
    groupBy: [],
    bucket: "none",
    timeZone: "UTC",
    filters: {},
  } as const;
  for (const viewer of [admin, search]) {
    for (const cost of ["effective", "list", "contracted", "billed"] as const) {
      const { total } = await usageReport(sql, viewer, { ...question, costBasis: cost });
      for (const name of ["agents", "usage-receipt"]) {
        const { control } = await fileOf(name, { ...DAYS, cost }, { viewer });
        const truth = toDecimal(total.cost);
        assert.deepEqual([control.total, control.sums.cost], [truth, truth], `${name} ${cost}`);
        assert.equal(control.unpriced_calls, total.unpricedCalls);
      }
    }
  }
});

test("the receipt of an event adds up to its list cost, and is nobody else's", async () => {
  const { events } = await listEvents(sql, admin, { ...OCTOBER, filters: {}, limit: 400 });
  const paid = events.filter(
    ({ costStatus, funding }) => costStatus === "priced" && funding === "api",
  );
  assert.ok(paid.length > 10);
  for (const { id, cost } of paid.slice(0, 10)) {
    const { control } = await fileOf("receipt", { id });
    assert.equal(control.sums.amount, cost === null ? null : toDecimal(cost));
  }
  const others = events.find(({ team }) => team === "payments");
  await assert.rejects(fileOf("receipt", { id: others?.id ?? "" }, { viewer: search }), {
    code: "not_found",
  });
});

test("the file of tools says how long the latest calls took where it is by tool", async () => {
  const [row] = await rowsOf("tool-calls", DAYS);
  assert.ok(row !== undefined && "duration_ms_median" in row && "repeats" in row);
  const [byTeam] = await rowsOf("tool-calls", { ...DAYS, group_by: "team" });
  assert.ok(byTeam !== undefined && !("repeats" in byTeam));
});

test("the queue of what has no price lists each model with its calls", async () => {
  const rows = await rowsOf("unpriced");
  const { total } = await usageReport(sql, admin, {
    ...{ ...OCTOBER, groupBy: [], bucket: "none", timeZone: "UTC", filters: {} },
    costBasis: "effective",
  });
  const calls = rows.reduce((sum, row) => sum + Number(row.calls), 0);
  assert.ok(calls > 0);
  assert.equal(calls, total.unpricedCalls);
});
