import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Tx } from "#lib/db/client.ts";
import { listRuns, readRun, runChanges } from "#lib/history-runs/history-run.ts";
import { type HistoryWorks, workOnRun } from "#lib/history-runs/work-on-run.ts";
import { parseUsd, sumUsd } from "#lib/money/money.ts";
import { eventReceipt } from "#lib/reports/receipt.ts";
import {
  assertVerified,
  everyFigure,
  finishRuns,
  ingest,
  mixedCalls,
} from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { changePrices, NOW, repricing, unbelieve, WORKS } from "./testing.ts";

const { sql } = await createTestDatabase();
const { preview, request, repriceAsPreviewed } = repricing(sql);

before(async () => ingest(sql, mixedCalls(400)));

describe("re-pricing", () => {
  test("finds nothing to do while nothing has changed", async () => {
    const { total, changes } = await preview();
    assert.deepEqual({ calls: total.calls, changes }, { calls: 0, changes: [] });
  });

  test("does what the preview said, to the last digit, and back again", async () => {
    const first = await everyFigure(sql);
    await changePrices(sql);
    const { total } = await repriceAsPreviewed();
    assert.ok(total.calls > 250 && total.newCost !== total.oldCost);
    assert.notDeepEqual(await everyFigure(sql), first);
    await unbelieve(sql);
    const back = await repriceAsPreviewed();
    assert.equal(back.total.newCost, total.oldCost);
    assert.equal(back.total.oldCost, total.newCost);
    assert.deepEqual(await everyFigure(sql), first);
  });

  test("changes nothing outside its filter and its period", async () => {
    await changePrices(sql);
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
    await unbelieve(sql);
    await repriceAsPreviewed();
  });

  test("keeps the old figures of every row", async () => {
    await changePrices(sql);
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
    await unbelieve(sql);
    await repriceAsPreviewed();
  });

  test("goes on where a killed worker stopped, while collectors write and a second worker helps", async () => {
    const first = await everyFigure(sql);
    await changePrices(sql);
    const { total } = await preview();
    const id = await request();
    const crashing: HistoryWorks = {
      ...WORKS,
      reprice: {
        nextStep: async (...call) => {
          const step = await WORKS.reprice.nextStep(...call);
          if (step === null) return null;
          const die = () => Promise.reject(new Error("killed"));
          if ("restate" in step) {
            return { ...step, restate: (tx: Tx) => step.restate(tx).then(die) };
          }
          return { ...step, stage: (tx: Tx) => step.stage(tx).then(die) };
        },
      },
    };
    for (const pass of [0, 1]) {
      while ((await readRun(sql, id))?.pass !== pass) await workOnRun(sql, WORKS, () => NOW);
      // A killed worker leaves what its last transaction wrote: one step, and one that is rolled back.
      await workOnRun(sql, WORKS, () => NOW);
      await assert.rejects(
        workOnRun(sql, crashing, () => NOW),
        /killed/,
      );
      await assertVerified(sql);
      const half = await readRun(sql, id);
      assert.equal(half?.state, "running");
      assert.ok(half.rows > 0 && half.calls < total.calls);
      await ingest(sql, mixedCalls(20, 900 + pass * 20));
    }
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
    await unbelieve(sql);
    await repriceAsPreviewed();
    assert.notDeepEqual(await everyFigure(sql), first);
  });

  test("refuses closed months, also one that is closed under way", async () => {
    await changePrices(sql);
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
    await unbelieve(sql);
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
