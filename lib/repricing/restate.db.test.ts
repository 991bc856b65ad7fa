import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { cancelRun } from "#lib/history-runs/cancel-run.ts";
import { sumChanges } from "#lib/history-runs/change.ts";
import { readRun, runChanges } from "#lib/history-runs/history-run.ts";
import { workOnRun } from "#lib/history-runs/work-on-run.ts";
import { writeRestated } from "#lib/history-runs/write-restated.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { parseUsd } from "#lib/money/money.ts";
import { eventReceipt } from "#lib/reports/receipt.ts";
import {
  assertVerified,
  everyFigure,
  finishRuns,
  ingest,
  mixedCalls,
} from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { ACTOR, changePrices, NOW, repricing, twin, unbelieve, WORKS } from "./testing.ts";

const { sql } = await createTestDatabase();
const { preview, request, repriceAsPreviewed } = repricing(sql);

before(async () => ingest(sql, mixedCalls(400)));

describe("re-pricing by sums", () => {
  test("moves every figure before it writes a row, while collectors write by old prices and new", async () => {
    const stale = await loadIngestPlan(sql);
    const clients = [0, 1, 2].map((n) => twin("client", n));
    await ingest(sql, clients);
    await changePrices(sql);
    const id = await request();
    // By old prices, on days that are restated already and on days that are not.
    await workOnRun(sql, WORKS, () => NOW);
    await ingest(sql, mixedCalls(220, 2_000), [], stale);
    await assertVerified(sql);
    while ((await readRun(sql, id))?.state !== "done") await workOnRun(sql, WORKS, () => NOW);
    await assertVerified(sql);
    assert.equal((await preview()).total.calls, 0);
    const restated = await sql<{ id: string; filed_cost: string }[]>`
      select id, filed_cost from priced_event where restated_by = ${`${id}`}::int8 and cost > 0`;
    assert.ok(restated.length > 50);

    // A better witness takes back calls that were restated.
    await ingest(sql, [twin("gateway", 0)]);
    await ingest(sql, [twin("gateway", 1)], [], stale);
    const [taken] = await sql<{ rows: number }[]>`
      select count(*)::int as rows from priced_event
       where not_counted_because = 'same_call' and attributes ->> 'name' like 'client%'`;
    assert.equal(taken?.rows, 2);
    await assertVerified(sql);
    await ingest(sql, [twin("gateway", 1)]);

    const [some] = restated;
    const receipt = await eventReceipt(sql, "all", some?.id ?? "");
    assert.equal(receipt?.former[0]?.cost, parseUsd(some?.filed_cost ?? ""));
    assert.ok(receipt.reconciles);
    const figures = await everyFigure(sql);
    while (await writeRestated(sql, 23)) await assertVerified(sql);
    assert.deepEqual(await everyFigure(sql), figures);
    assert.deepEqual(await eventReceipt(sql, "all", some?.id ?? ""), receipt);
    const [left] = await sql`
      select (select count(*) from restated_price)::int as prices,
             (select count(*) from former_filing where run_id = ${`${id}`}::int8 and pass = 0)::int as kept,
             (select count(*) from priced_event p join usage_event u using (started_at, id)
               where p.cost is distinct from u.cost or p.rate_set_id is distinct from u.rate_set_id)::int as unwritten`;
    assert.ok(left?.kept > 50);
    assert.deepEqual(
      { prices: left?.prices, unwritten: left?.unwritten },
      { prices: 0, unwritten: 0 },
    );
    await unbelieve(sql);
    await repriceAsPreviewed();
  });

  test("a cancelled run leaves whole days changed, and another finishes or reverses it", async () => {
    const first = await everyFigure(sql);
    await changePrices(sql);
    const { total } = await preview();
    const id = await request();
    await workOnRun(sql, WORKS, () => NOW);
    const cancel = () => cancelRun(sql, "reprice", id, ACTOR, NOW);
    await assert.rejects(cancelRun(sql, "reallocate", id, ACTOR, NOW), { code: "not_found" });
    const cancelled = await cancel();
    await assert.rejects(cancel(), { code: "conflict" });
    assert.ok(cancelled.calls > 0 && cancelled.calls < total.calls);
    await assertVerified(sql);
    assert.deepEqual(sumChanges(await runChanges(sql, id)).calls, cancelled.calls);
    await finishRuns(sql, WORKS);
    assert.equal((await readRun(sql, id))?.state, "cancelled");
    const rest = await repriceAsPreviewed();
    assert.equal(rest.total.calls, total.calls - cancelled.calls);
    const moved = [cancelled, rest.total].reduce((sum, run) => sum + run.newCost - run.oldCost, 0n);
    assert.equal(moved, total.newCost - total.oldCost);
    await unbelieve(sql);
    await repriceAsPreviewed();
    assert.deepEqual(await everyFigure(sql), first);
  });
});
