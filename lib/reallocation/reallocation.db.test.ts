import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { readRun, runChanges } from "#lib/history-runs/history-run.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { type HistoryWorks, workOnRun } from "#lib/history-runs/work-on-run.ts";
import { recordRates } from "#lib/price-book/rate-store.ts";
import { repricingWork } from "#lib/repricing/repricing-work.ts";
import {
  assertVerified,
  everyFigure,
  finishRuns,
  ingest,
  mixedCalls,
} from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { modelCall, node, TRACE } from "#lib/testing/usage-events.ts";
import { reallocationWork } from "./reallocation-work.ts";

const { sql } = await createTestDatabase();
const NOW = new Date("2026-11-22T12:00:00Z");
const PERIOD = { from: new Date("2026-10-10T00:00:00Z"), to: new Date("2026-10-13T00:00:00Z") };
const ACTOR = { kind: "user", id: "ann", label: "ann@example.com" } as const;
const WORKS: HistoryWorks = { reprice: repricingWork(), reallocate: reallocationWork(37) };

const request = (mode: "apply" | "preview", filter = {}, period = PERIOD) =>
  requestRun(
    sql,
    { kind: "reallocate", mode, period, filter, expected: null, timeZone: "UTC" },
    ACTOR,
    NOW,
  );

async function run(mode: "apply" | "preview", filter = {}, period = PERIOD) {
  const id = await request(mode, filter, period);
  await finishRuns(sql, WORKS);
  const done = await readRun(sql, id);
  assert.equal(done?.state, "done");
  await assertVerified(sql);
  return { ...done, changes: await runChanges(sql, id) };
}

let position = 0;
async function addRule(
  attribute: string,
  value: string,
  assign: object,
  from: string | null = null,
) {
  position += 1;
  const conditions = JSON.stringify([{ attribute, operator: "equals", value }]);
  const [row] = await sql<{ id: string }[]>`
    insert into allocation_rule (position, conditions, assign, effective_from)
    values (${position}, ${conditions}::text::jsonb, ${JSON.stringify(assign)}::text::jsonb,
            ${from}::text::timestamptz)
    returning id`;
  return row?.id ?? "";
}
const retire = (id: string) =>
  sql`update allocation_rule set retired_at = now() where id = ${id}::uuid`;
const spendOf = async (team: string) => {
  const [row] = await sql<{ cost: string }[]>`
    select trim_scale(coalesce(sum(cost), 0))::text as cost
      from usage_day u join dimension_set d on d.id = u.dimension_set_id where d.team = ${team}`;
  return row?.cost;
};

before(async () => {
  await sql`insert into team (slug, name) values ('platform', 'Platform'), ('payments', 'Payments')`;
  await ingest(sql, mixedCalls(300));
});

describe("re-allocation", () => {
  test("finds nothing to do while nothing has changed", async () => {
    assert.deepEqual((await run("preview")).changes, []);
    assert.equal((await run("apply")).rows, 0);
  });

  test("does what the preview said, from the rule's first day on, and back again", async () => {
    const first = await everyFigure(sql);
    const rule = await addRule(
      "model",
      "gpt-5.5",
      { team: "platform", project: "atlas" },
      "2026-10-11",
    );
    const preview = await run("preview");
    assert.deepEqual(await everyFigure(sql), first);
    assert.ok(preview.changes.length > 3);
    assert.ok(preview.changes.every(({ day }) => day >= new Date("2026-10-11T00:00:00Z")));
    assert.ok(
      preview.changes.every(({ newTeam, model }) => newTeam === "platform" && model === "gpt-5.5"),
    );
    const done = await run("apply");
    assert.deepEqual(done.changes, preview.changes);
    assert.equal(done.newCost, done.oldCost);
    assert.notEqual(await spendOf("platform"), "0");
    await retire(rule);
    await run("apply");
    assert.deepEqual(await everyFigure(sql), first);
  });

  test("a call that moves to a team with a contract of its own has that team's price", async () => {
    const first = await everyFigure(sql);
    await sql.begin((tx) =>
      recordRates(
        tx,
        [
          {
            ...{ team: "platform", kind: "contract", provider: null, model: null, unit: null },
            ...{ tier: null, speed: null, region: null, context: null, window: null },
            ...{ includesFees: false, effectiveFrom: null, effectiveTo: null },
            price: { off: { num: 1, den: 4 } },
            source: { name: "contract", url: "", checkedAt: "2026-11-22", quote: null },
          },
        ],
        "ann",
      ),
    );
    const rule = await addRule("service", "shop", { team: "platform" });
    const done = await run("apply");
    assert.ok(done.newCost < done.oldCost && done.newListCost === done.oldListCost);
    await retire(rule);
    await run("apply");
    assert.deepEqual(await everyFigure(sql), first);
  });

  test("a killed run goes on while collectors write, and a closed month is left alone", async () => {
    const rule = await addRule("service", "shop", { team: "platform" });
    const id = await request("apply");
    for (const _ of [1, 2, 3]) await workOnRun(sql, WORKS, () => NOW);
    await assertVerified(sql);
    await Promise.all([
      finishRuns(sql, WORKS),
      ingest(sql, mixedCalls(60, 1_000)),
      finishRuns(sql, WORKS),
    ]);
    assert.equal((await readRun(sql, id))?.state, "done");
    await assertVerified(sql);
    assert.equal((await run("preview")).rows, 0);
    await retire(rule);
    await sql`
      insert into closed_month (month, closed_at, closed_by, totals, hash)
      values ('2026-10-01', now(), 'ann', '{}', '')`;
    await assert.rejects(request("apply"), { name: "AppError", code: "closed_period" });
    assert.ok((await run("preview")).rows > 0);
    await sql`delete from closed_month`;
    await run("apply");
  });

  test("what a trace does not show any more takes nothing from a team", async () => {
    const period = { from: new Date("2026-11-22T00:00:00Z"), to: new Date("2026-11-23T00:00:00Z") };
    const call = modelCall("below", { under: "above", traceId: TRACE, attributes: {} });
    const above = { ...node("above", null), attributes: { "team.id": "payments" } };
    await ingest(sql, [call], [above]);
    assert.equal((await run("apply", {}, period)).rows, 0);
    await sql`delete from trace_node`;
    assert.equal((await run("apply", {}, period)).rows, 0);
    await addRule("service", "shop", { team: "platform" });
    assert.equal((await run("apply", {}, period)).rows, 1);
  });
});
