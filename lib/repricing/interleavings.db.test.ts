import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { SqlClient } from "#lib/db/client.ts";
import { workOnRun } from "#lib/history-runs/work-on-run.ts";
import { writeRestated } from "#lib/history-runs/write-restated.ts";
import { type IngestPlan, loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import type { NewRate } from "#lib/price-book/own-rate.ts";
import { ROLLUP_TABLES } from "#lib/rollups/rollup-tables.ts";
import {
  assertVerified,
  everyFigure,
  finishRuns,
  ingest,
  mixedCalls,
} from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { NOW, rate, record, repricing, twin, WORKS } from "./testing.ts";

const [{ sql }, { sql: scratch }] = [await createTestDatabase(), await createTestDatabase()];
const { request } = repricing(sql);
for (const each of [sql, scratch]) {
  await each`insert into team (slug, name) values ('payments', 'Payments')`;
}

/** One thing that a process does, each in a transaction of its own. */
type Move =
  /** By a collector that has heard of the latest prices, or of none. */
  | { readonly do: "ingest"; readonly events: readonly UsageEvent[]; readonly isStale: boolean }
  | { readonly do: "record"; readonly rate: NewRate }
  | { readonly do: "request" }
  | { readonly do: "step" }
  | { readonly do: "write"; readonly rows: number };

/** Prices that sums can tell, and prices that need a look at each call. */
const SORTS: readonly Partial<NewRate>[] = [
  {},
  { unit: "input_uncached" },
  { team: "payments", kind: "contract" },
  { context: { over: 100_000 } },
  { effectiveFrom: new Date("2026-10-11T09:20:00Z") },
  { kind: "estimate", provider: "lab", model: "lab-1" },
  { model: null, unit: null, kind: "contract", price: { off: { num: 12, den: 100 } } },
];

const calls = fc
  .tuple(fc.nat(60), fc.integer({ min: 1, max: 9 }))
  .map(([first, count]) => mixedCalls(count, first * 10));
const twins = fc
  .tuple(fc.constantFrom("client" as const, "gateway" as const), fc.nat(2))
  .map(([by, n]) => [twin(by, n)]);
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    do: fc.constant("ingest" as const),
    events: fc.oneof(calls, twins),
    isStale: fc.boolean(),
  }),
  fc.record({
    do: fc.constant("record" as const),
    rate: fc
      .tuple(fc.constantFrom("31", "0.5"), fc.constantFrom(...SORTS))
      .map(([amount, sort]) => rate({ price: { amount, per: 1_000_000 }, ...sort })),
  }),
  fc.constant({ do: "request" as const }),
  { weight: 4, arbitrary: fc.constant({ do: "step" as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("write" as const), rows: fc.nat(9) }) },
);

async function take(move: Move, stale: IngestPlan): Promise<unknown> {
  if (move.do === "ingest") return ingest(sql, move.events, [], move.isStale ? stale : undefined);
  if (move.do === "record") return record(sql, move.rate);
  if (move.do === "request") return request();
  if (move.do === "step") return workOnRun(sql, WORKS, () => NOW);
  return writeRestated(sql, move.rows + 1);
}

/** No figure is made of rows that do not count, so runs leave them alone. */
async function figures(database: SqlClient) {
  const { ledger, rollups } = await everyFigure(database);
  return { ledger: ledger.filter(({ counted }) => counted), rollups };
}

/** Leaves no event, figure, price or run. */
async function empty(database: SqlClient): Promise<void> {
  const rollups = ROLLUP_TABLES.map(({ table }) => table);
  await database.unsafe(`truncate usage_event, evidence, quality_day, price_rate, history_run,
    former_filing, restated_price, ${rollups.join(", ")} cascade`);
}

test("however collectors, pricing runs and the rewriting of rows take turns, all figures end as if priced at once", async () => {
  const stale = await loadIngestPlan(sql);
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 12, maxLength: 30 }), async (moves) => {
      await Promise.all([empty(sql), empty(scratch)]);
      for (const each of moves) await take(each, stale);
      await request();
      await finishRuns(sql, WORKS);
      await assertVerified(sql);
      for (const each of moves) if (each.do === "record") await record(scratch, each.rate);
      for (const each of moves) if (each.do === "ingest") await ingest(scratch, each.events);
      assert.deepEqual(await figures(sql), await figures(scratch));
    }),
    { numRuns: 6 },
  );
});
