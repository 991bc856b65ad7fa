import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { insertTeamModel } from "#lib/cost-book/team-model-store.ts";
import type { Tx } from "#lib/db/client.ts";
import { sumChanges } from "#lib/history-runs/change.ts";
import { listRuns, readRun, runChanges } from "#lib/history-runs/history-run.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { type HistoryWorks, workOnRun } from "#lib/history-runs/work-on-run.ts";
import { parseUsd, sumUsd } from "#lib/money/money.ts";
import { recordAlias } from "#lib/price-book/model-alias.ts";
import type { NewRate } from "#lib/price-book/own-rate.ts";
import { recordRates } from "#lib/price-book/rate-store.ts";
import { eventReceipt } from "#lib/reports/receipt.ts";
import {
  assertVerified,
  everyFigure,
  finishRuns,
  ingest,
  mixedCalls,
} from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { parseDay } from "#lib/time/civil-day.ts";
import { previewRepricing } from "./preview.ts";
import { repricingWork } from "./repricing-work.ts";

const { sql } = await createTestDatabase();
const NOW = new Date("2026-11-22T12:00:00Z");
const PERIOD = { from: new Date("2026-10-10T00:00:00Z"), to: new Date("2026-10-13T00:00:00Z") };
const ACTOR = { kind: "user", id: "ann", label: "ann@example.com" } as const;
const WORKS: HistoryWorks = {
  reprice: repricingWork(40),
  reallocate: repricingWork(),
};

function rate(changes: Partial<NewRate>): NewRate {
  return {
    team: null,
    kind: "list",
    provider: "openai",
    model: "gpt-5.5",
    unit: "output",
    price: { amount: "31", per: 1_000_000 },
    ...{ tier: null, speed: null, region: null, context: null, window: null },
    includesFees: false,
    ...{ effectiveFrom: null, effectiveTo: null },
    source: { name: "invoice", url: "", checkedAt: "2026-11-22", quote: null },
    ...changes,
  };
}

const record = (...rates: NewRate[]) => sql.begin((tx) => recordRates(tx, rates, "ann"));
const unbelieve = async () => {
  await sql`update price_rate set superseded_at = now(), superseded_by = 'ann' where superseded_at is null`;
  await sql`update cost_model set superseded_at = now(), superseded_by = 'ann' where superseded_at is null`;
  await sql`update model_alias set superseded_at = now(), superseded_by = 'ann' where superseded_at is null`;
};
const preview = (filter = {}) => previewRepricing(sql, filter, PERIOD);
const request = (filter = {}) =>
  requestRun(
    sql,
    { kind: "reprice", period: PERIOD, filter, expected: null, timeZone: "UTC" },
    ACTOR,
    NOW,
  );

/** Asks for what was previewed, does it, and holds it to the preview. */
async function repriceAsPreviewed(filter = {}) {
  const { total, changes } = await preview(filter);
  const id = await request(filter);
  await finishRuns(sql, WORKS);
  const run = await readRun(sql, id);
  assert.equal(run?.state, "done");
  const inOrder = (rows: readonly object[]) =>
    rows.map((row) => JSON.stringify(row, (_, v) => (typeof v === "bigint" ? `${v}` : v))).sort();
  assert.deepEqual(inOrder(await runChanges(sql, id)), inOrder(changes));
  assert.deepEqual(sumChanges(await runChanges(sql, id)), total);
  await assertVerified(sql);
  return { id, total };
}

/** Prices of all sorts that change: a band, an own price, a contract, a window, a name, who pays. */
async function change() {
  await record(
    rate({ effectiveFrom: new Date("2026-10-11T09:20:00Z") }),
    rate({ context: { over: 100_000 }, price: { amount: "40.5", per: 1_000_000 } }),
    rate({
      team: "payments",
      kind: "contract",
      provider: null,
      model: null,
      unit: null,
      price: { off: { num: 12, den: 100 } },
    }),
    rate({ kind: "estimate", provider: "lab", model: "lab-1", price: { amount: "1", per: 3 } }),
    rate({
      provider: "anthropic",
      model: "claude-sonnet-4-6",
      unit: "web_search",
      price: { amount: "12", per: 1_000 },
    }),
    rate({
      ...{ provider: "deepseek", model: "deepseek-chat", unit: "input_uncached" },
      window: { tz: "UTC", from: "16:30", to: "00:30" },
      price: { amount: "0.07", per: 1_000_000 },
    }),
  );
  const alias = {
    ...{ provider: "azure.ai.openai", reported: "our-gpt" },
    ...{ targetProvider: "azure.ai.openai", targetModel: "gpt-5.5" },
    ...{ effectiveFrom: new Date("2026-10-11T00:00:00Z"), effectiveTo: null },
  };
  const model = {
    team: "search",
    effectiveFrom: parseDay("2026-10-12"),
    markup: { num: 0n, den: 1n },
    funding: [
      { provider: "anthropic", model: null, source: "plan" },
      { provider: "openai", model: null, source: "credits" },
    ],
    headcount: null,
    note: "",
  } as const;
  await sql.begin(async (tx) => {
    await recordAlias(tx, alias, "ann");
    await insertTeamModel(tx, model, "ann");
  });
}

before(async () => ingest(sql, mixedCalls(400)));

describe("re-pricing", () => {
  test("finds nothing to do while nothing has changed", async () => {
    const { total, changes } = await preview();
    assert.deepEqual({ calls: total.calls, changes }, { calls: 0, changes: [] });
  });

  test("does what the preview said, to the last digit, and back again", async () => {
    const first = await everyFigure(sql);
    await change();
    const { total } = await repriceAsPreviewed();
    assert.ok(total.calls > 250 && total.newCost !== total.oldCost);
    assert.notDeepEqual(await everyFigure(sql), first);
    await unbelieve();
    const back = await repriceAsPreviewed();
    assert.equal(back.total.newCost, total.oldCost);
    assert.equal(back.total.oldCost, total.newCost);
    assert.deepEqual(await everyFigure(sql), first);
  });

  test("changes nothing outside its filter and its period", async () => {
    await change();
    const only = { provider: "openai", model: "gpt-5.5", team: "search" };
    const { id } = await repriceAsPreviewed(only);
    const changed = await runChanges(sql, id);
    assert.deepEqual(
      [...new Set(changed.map(({ provider, model, team }) => `${provider} ${model} ${team}`))],
      ["openai gpt-5.5 search"],
    );
    const [outside] = await sql<{ rows: bigint }[]>`
      select count(*) as rows from former_filing f
        join dimension_set d on d.id = f.dimension_set_id
       where f.run_id = ${`${id}`}::int8 and (d.team <> 'search' or d.model <> 'gpt-5.5')`;
    assert.equal(outside?.rows, 0n);
    await unbelieve();
    await repriceAsPreviewed();
  });

  test("keeps the old figures of every row", async () => {
    await change();
    const rows = await sql<{ id: string; cost: string | null }[]>`
      select id, cost from usage_event order by id`;
    const { id } = await repriceAsPreviewed();
    const former = new Map(
      (
        await sql<{ event_id: string; cost: string | null }[]>`
        select event_id, cost from former_filing where run_id = ${`${id}`}::int8`
      ).map((row) => [row.event_id, row.cost]),
    );
    assert.ok(former.size > 250);
    for (const row of rows) {
      if (former.has(row.id)) assert.equal(former.get(row.id), row.cost);
    }
    const [changed] = rows.filter(({ id: row, cost }) => former.has(row) && Number(cost) > 0);
    const receipt = await eventReceipt(sql, "all", changed?.id ?? "");
    const [last] = receipt?.former ?? [];
    assert.deepEqual(
      { run: last?.run, by: last?.by, cost: last?.cost },
      { run: `${id}`, by: "ann@example.com", cost: parseUsd(changed?.cost ?? "") },
    );
    const lines = sumUsd((last?.lines ?? []).map(({ amount }) => parseUsd(amount ?? "0")));
    assert.equal(lines, last?.cost);
    await unbelieve();
    await repriceAsPreviewed();
  });

  test("goes on where a killed worker stopped, while collectors write and a second worker helps", async () => {
    const first = await everyFigure(sql);
    await change();
    const { total } = await preview();
    const id = await request();
    // A killed worker leaves what its last transaction wrote: one step, and one that is rolled back.
    await workOnRun(sql, WORKS, () => NOW);
    const crashing: HistoryWorks = {
      ...WORKS,
      reprice: {
        nextStep: async (...call) => {
          const step = await WORKS.reprice.nextStep(...call);
          if (step === null) return null;
          const stage = (tx: Tx) => step.stage(tx).then(() => Promise.reject(new Error("killed")));
          return { ...step, stage };
        },
      },
    };
    await assert.rejects(
      workOnRun(sql, crashing, () => NOW),
      /killed/,
    );
    await assertVerified(sql);
    const half = await readRun(sql, id);
    assert.equal(half?.state, "running");
    assert.ok(half.rows > 0 && half.calls < total.calls);

    await Promise.all([
      finishRuns(sql, WORKS),
      ingest(sql, mixedCalls(60, 1_000)),
      finishRuns(sql, WORKS),
      ingest(sql, mixedCalls(60, 1_030)),
    ]);
    const done = await readRun(sql, id);
    assert.equal(done?.state, "done");
    await assertVerified(sql);
    assert.equal((await preview()).total.calls, 0);
    assert.equal(done.calls, total.calls);
    assert.equal(done.newCost - done.oldCost, total.newCost - total.oldCost);
    await unbelieve();
    await repriceAsPreviewed();
    assert.notDeepEqual(await everyFigure(sql), first);
  });

  test("refuses closed months, also one that is closed under way", async () => {
    await change();
    const id = await request();
    await workOnRun(sql, WORKS, () => NOW);
    await sql`
      insert into closed_month (month, closed_at, closed_by, totals, hash)
      values ('2026-10-01', now(), 'ann', '{}', '')`;
    const figures = await everyFigure(sql);
    await finishRuns(sql, WORKS);
    const failed = await readRun(sql, id);
    assert.equal(failed?.state, "failed");
    assert.match(failed.error ?? "", /2026-10/);
    assert.deepEqual(await everyFigure(sql), figures);
    await assert.rejects(request(), { name: "AppError", code: "closed_period" });
    await sql`delete from closed_month`;
    await unbelieve();
    await repriceAsPreviewed();
  });

  test("every run is on record, with who asked for it", async () => {
    const runs = await listRuns(sql, "reprice", 100);
    assert.ok(runs.every(({ requestedBy }) => requestedBy === "ann@example.com"));
    const [audited] = await sql<{ asked: bigint; done: bigint }[]>`
      select count(*) filter (where action = 'history.repricing_requested') as asked,
             count(*) filter (where action = 'history.repriced') as done from audit_entry`;
    assert.deepEqual(
      { ...audited },
      {
        asked: BigInt(runs.length),
        done: BigInt(runs.filter(({ state }) => state === "done").length),
      },
    );
  });
});
