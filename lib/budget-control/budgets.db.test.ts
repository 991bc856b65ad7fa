import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { Viewer } from "#lib/access/viewer.ts";
import { parseAmount, printAmount } from "#lib/budgets/amount.ts";
import { BudgetPatch } from "#lib/budgets/budget-input.ts";
import { printBudget } from "#lib/budgets/print-budget.ts";
import { csvText } from "#lib/tables/write-csv.ts";
import { ADMIN, budgetBench, DAY_MS, LINKS, NOW, spend } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { BUDGET_TABLE } from "./budget-columns.ts";
import { budgetInEvent } from "./event-data.ts";
import { importBudgets } from "./import-budgets.ts";
import { decideIncrease, requestIncrease } from "./increases.ts";
import { budgetDetail, listBudgets, visibleBudgets } from "./read-budgets.ts";
import { scopeNames } from "./scope-names.ts";
import { archiveBudget, changeBudget } from "./store-budget.ts";

const { sql } = await createTestDatabase();
const { reset, set, today } = budgetBench(sql);
const at = new Date(NOW);
const MANAGER: Viewer = {
  kind: "user",
  id: "u2",
  label: "mia@example.com",
  role: "manager",
  teams: ["payments"],
  persons: "none",
};
const code = (expected: string) => (error: unknown) =>
  (error as { code?: string }).code === expected;

beforeEach(reset);

describe("who sees and changes which budget", () => {
  test("a manager those of the own teams, and no others, whatever is asked", async () => {
    const own = await set();
    const others = await set({ name: "Search", scope: { team: "search" } });
    await set({ name: "All", scope: {} });
    await set({ name: "Ann", scope: { team: "payments", user: "ann" } });
    const { budgets } = await listBudgets(sql, MANAGER, NOW);
    assert.deepEqual(
      budgets.map(({ status }) => status.budget.id),
      [own.id],
    );
    await assert.rejects(budgetDetail(sql, MANAGER, others.id, NOW), code("not_found"));
    const patch = BudgetPatch.parse({ limit: "1" });
    await assert.rejects(changeBudget(sql, MANAGER, others.id, patch, at), code("not_found"));
    await assert.rejects(archiveBudget(sql, MANAGER, others.id, at), code("not_found"));
    await changeBudget(sql, MANAGER, own.id, patch, at);
    const wider = BudgetPatch.parse({ scope: {} });
    await assert.rejects(changeBudget(sql, MANAGER, own.id, wider, at), code("forbidden"));
    const viewer: Viewer = { ...MANAGER, role: "viewer" };
    await assert.rejects(changeBudget(sql, viewer, own.id, patch, at), code("forbidden"));
  });

  test("a new budget has the organisation's year unless it says otherwise", async () => {
    await sql`
      update organization set fiscal_pattern = '4-4-5', fiscal_year_start_month = 4,
                              fiscal_week_start = 7`;
    const own = await set();
    const calendar = { kind: "months" as const, year_start_month: 1 };
    const other = await set({ name: "Other", calendar });
    await sql`
      update organization set fiscal_pattern = 'months', fiscal_year_start_month = 1,
                              fiscal_week_start = 1`;
    const weeks = { kind: "weeks", pattern: "4-4-5", yearStartMonth: 4, weekStart: 7 };
    assert.deepEqual(own.calendar, weeks);
    assert.deepEqual(other.calendar, { kind: "months", yearStartMonth: 1 });
    const kept = (await budgetDetail(sql, ADMIN, own.id, NOW)).status.budget;
    assert.deepEqual(kept.calendar, weeks, "a later change of the organisation moves no period");
  });

  test("every change is in the audit log with what was before", async () => {
    const { id } = await set();
    await changeBudget(sql, ADMIN, id, BudgetPatch.parse({ limit: "200" }), at);
    await archiveBudget(sql, ADMIN, id, at);
    const rows = await sql<{ action: string; was: string | null; is: string | null }[]>`
      select action, before->>'limit' as was, after->>'limit' as is from audit_entry
       where target_id = ${id} order by id`;
    assert.deepEqual(
      rows.map(({ action, was, is }) => [action, was, is]),
      [
        ["budget.created", null, "100"],
        ["budget.changed", "100", "200"],
        ["budget.archived", "200", null],
      ],
    );
  });
});

test("messages name a budget's key as people know it, and the scope keeps its id", async () => {
  await sql`
    insert into access_key (id, kind, label, secret_hash)
    values ('0123456789ab', 'ingest', 'CI', '\\x01') on conflict do nothing`;
  const { id } = await set({ scope: { key: "0123456789ab" } });
  const { budget } = (await budgetDetail(sql, ADMIN, id, NOW)).status;
  assert.deepEqual(budget.scope, { key: "0123456789ab" });
  const { scope, scope_labels } = budgetInEvent(budget, { start: 0, end: 1 }, budget.limit, "UTC");
  assert.deepEqual(scope, { key: "0123456789ab" });
  assert.deepEqual(scope_labels, { key: "CI · outlay_ik_0123456789ab" });
});

describe("an increase", () => {
  const wanted = { amount: parseAmount("50"), reason: "launch", startsAt: null, endsAt: null };
  const limit = async (id: string, now = NOW) =>
    printAmount((await budgetDetail(sql, ADMIN, id, now)).status.limit.total);

  test("holds from its approval to the period's end, and those who ask do not approve", async () => {
    const { id } = await set();
    const asked = await requestIncrease(sql, MANAGER, id, wanted, at, LINKS);
    const of = { budgetId: id, id: asked.id };
    const yes = { status: "approved", note: null } as const;
    assert.equal(await limit(id), "100");
    await assert.rejects(decideIncrease(sql, MANAGER, of, yes, at, LINKS), code("forbidden"));
    await decideIncrease(sql, ADMIN, of, yes, at, LINKS);
    assert.equal(await limit(id), "150");
    await assert.rejects(decideIncrease(sql, ADMIN, of, yes, at, LINKS), code("conflict"));
    assert.equal(await limit(id, Date.parse("2026-12-01T00:00:00Z")), "100");
  });

  test("that was refused changes nothing", async () => {
    const { id } = await set();
    const asked = await requestIncrease(sql, MANAGER, id, wanted, at, LINKS);
    const no = { status: "refused", note: "no" } as const;
    await decideIncrease(sql, ADMIN, { budgetId: id, id: asked.id }, no, at, LINKS);
    assert.equal(await limit(id), "100");
  });
});

test("a request that waits is told in the list until it is decided or withdrawn by who asked", async () => {
  const { id } = await set();
  const waiting = async () => (await listBudgets(sql, ADMIN, NOW)).budgets[0]?.waiting;
  const wanted = { amount: parseAmount("50"), reason: "launch", startsAt: null, endsAt: null };
  const asked = await requestIncrease(sql, MANAGER, id, wanted, at, LINKS);
  assert.equal(await waiting(), 1);
  const decision = { status: "withdrawn", note: null } as const;
  await decideIncrease(sql, MANAGER, { budgetId: id, id: asked.id }, decision, at, LINKS);
  assert.equal(await waiting(), 0);
});

test("a request is withdrawn by the person who asked, and by nobody else of that name", async () => {
  const { id } = await set();
  const wanted = { amount: parseAmount("50"), reason: "launch", startsAt: null, endsAt: null };
  const asked = await requestIncrease(sql, MANAGER, id, wanted, at, LINKS);
  const decision = { status: "withdrawn", note: null } as const;
  const withdraw = (viewer: Viewer) =>
    decideIncrease(sql, viewer, { budgetId: id, id: asked.id }, decision, at, LINKS);
  await assert.rejects(withdraw({ ...MANAGER, id: "another" }), code("forbidden"));
  await assert.rejects(withdraw({ ...MANAGER, kind: "key" }), code("forbidden"));
  const renamed = { ...MANAGER, label: "mia.new@example.com" };
  assert.equal((await withdraw(renamed)).status, "withdrawn");
});

test("a request is withdrawn by the key that asked, and by no other of that label", async () => {
  const { id } = await set();
  const key = { ...MANAGER, kind: "key", id: "ak_1" } as const;
  const wanted = { amount: parseAmount("50"), reason: "launch", startsAt: null, endsAt: null };
  const asked = await requestIncrease(sql, key, id, wanted, at, LINKS);
  const decision = { status: "withdrawn", note: null } as const;
  const withdraw = (viewer: Viewer) =>
    decideIncrease(sql, viewer, { budgetId: id, id: asked.id }, decision, at, LINKS);
  await assert.rejects(withdraw({ ...key, id: "ak_2" }), code("forbidden"));
  await assert.rejects(withdraw({ ...key, kind: "user" }), code("forbidden"));
  assert.equal((await withdraw({ ...key, label: "renamed" })).status, "withdrawn");
});

test("names to choose a scope from are those of the viewer's teams", async () => {
  await set();
  await today("1");
  await today("1", { team: "search", model: "sonar" });
  assert.deepEqual((await scopeNames(sql, MANAGER)).model, ["gpt-5.5"]);
  assert.deepEqual((await scopeNames(sql, ADMIN)).model, ["gpt-5.5", "sonar"]);
});

test("a budget's children are held against it by the limits in force, in its list and on its page", async () => {
  const parent = await set({ limit: "150" });
  const child = await set({ name: "Web", parent_id: parent.id, limit: "100" });
  const rollUp = async () => {
    const { budgets } = await listBudgets(sql, ADMIN, NOW);
    const listed = budgets.find(({ status }) => status.budget.id === parent.id)?.rollUp;
    const shown = (await budgetDetail(sql, ADMIN, parent.id, NOW)).rollUp;
    assert.deepEqual(listed, shown);
    return [printAmount(shown.unallotted), shown.problems.map(({ kind }) => kind)];
  };
  assert.deepEqual(await rollUp(), ["50", []]);
  const wanted = { amount: parseAmount("60"), reason: "launch", startsAt: null, endsAt: null };
  const { id } = await requestIncrease(sql, MANAGER, child.id, wanted, at, LINKS);
  const yes = { status: "approved", note: null } as const;
  await decideIncrease(sql, ADMIN, { budgetId: child.id, id }, yes, at, LINKS);
  assert.deepEqual(await rollUp(), ["-10", ["children_exceed"]]);
});

test("past periods open with what was carried over and close with what was left", async () => {
  const { id } = await set({ starts_at: "2026-09-01", rollover: "unspent", rollover_cap: "50" });
  await spend(sql, { day: "2026-09-10", usd: "20" });
  await spend(sql, { day: "2026-10-10", usd: "140" });
  await today("1");
  const { history, status } = await budgetDetail(sql, ADMIN, id, NOW);
  assert.deepEqual(
    history.map(({ opening, limit, spent, closing }) =>
      [opening, limit, spent, closing].map(printAmount),
    ),
    [
      ["0", "100", "20", "80"],
      ["50", "150", "140", "10"],
    ],
  );
  assert.equal(printAmount(status.limit.total), "110");
});

test("a period that is over keeps the limit that ended it", async () => {
  const { id } = await set({ starts_at: "2026-11-01" });
  const december = NOW + 20 * DAY_MS;
  await changeBudget(sql, ADMIN, id, BudgetPatch.parse({ limit: "300" }), new Date(december));
  const { history, status } = await budgetDetail(sql, ADMIN, id, december);
  assert.deepEqual(
    history.map(({ limit }) => printAmount(limit)),
    ["100"],
  );
  assert.equal(printAmount(status.limit.total), "300");
});

test("a budget in another currency adds up each day at the rate of the day", async () => {
  await sql`
    insert into currency_rate (base, currency, date, rate, source, recorded_by)
    values ('USD', 'TWD', '2026-10-30', 30, 'test', 'test'),
           ('USD', 'TWD', '2026-11-21', 32, 'test', 'test')`;
  const { id } = await set({ currency: "TWD", limit: "10000" });
  await spend(sql, { day: "2026-11-20", usd: "10" });
  await today("10");
  const { status } = await budgetDetail(sql, ADMIN, id, NOW);
  assert.equal(printAmount(status.spent), "620");
  await assert.rejects(set({ currency: "SEK" }), code("invalid"));
});

describe("a file of budgets", () => {
  test("comes back as it went out, also from a spreadsheet", async () => {
    const parent = await set({ name: "=Parent, “quoted”" });
    await set({
      name: "Child",
      parent_id: parent.id,
      period: { unit: "days", days: 14, anchor: "2026-11-01" },
      calendar: { kind: "weeks", pattern: "4-5-4", year_start_month: 2, week_start: 7 },
      limit: "99.123456789012345678",
      rollover: "unspent",
      rollover_cap: "7",
      thresholds: [{ kind: "forecast", percent: 99.5 }],
      pacing: { unit: "day", limit: "3.5" },
      quiet_hours: { from: "22:00", to: "07:00" },
      digest: false,
      owner: "Mia",
    });
    const before = await visibleBudgets(sql, ADMIN, NOW);
    for (const flavor of ["data", "excel"] as const) {
      const same = await importBudgets(
        sql,
        ADMIN,
        csvText(BUDGET_TABLE, before, flavor),
        { isRehearsal: false },
        at,
      );
      assert.deepEqual(same, { created: 0, changed: 0, unchanged: 2, mistakes: [] });
    }
    // Into an organisation that has none of them.
    await reset();
    const file = csvText(
      BUDGET_TABLE,
      before.toSorted((a) => (a.parentId === null ? -1 : 1)),
      "data",
    );
    await importBudgets(sql, ADMIN, file, { isRehearsal: false }, at);
    const after = await visibleBudgets(sql, ADMIN, NOW);
    const bare = (budgets: typeof after) =>
      budgets.map((budget) => ({ ...printBudget(budget), id: "", parent_id: "" }));
    assert.deepEqual(bare(after), bare(before));
    const child = after.find(({ name }) => name === "Child");
    assert.equal(child?.parentId, after.find(({ parentId }) => parentId === null)?.id);
  });

  test("with a mistake changes nothing and names every line; a rehearsal neither", async () => {
    const text =
      "name,limit,team,period\r\nA,10,payments,month\r\nB,ten,,month\r\nC,1,nobody,day\r\n";
    const { mistakes } = await importBudgets(sql, ADMIN, text, { isRehearsal: false }, at);
    assert.deepEqual(
      mistakes.map(({ line }) => line),
      [3, 4],
    );
    const good = "name,limit\nA,10\n";
    const rehearsal = await importBudgets(sql, ADMIN, good, { isRehearsal: true }, at);
    assert.deepEqual(rehearsal, { created: 1, changed: 0, unchanged: 0, mistakes: [] });
    assert.equal((await visibleBudgets(sql, ADMIN, NOW)).length, 0);
  });
});
