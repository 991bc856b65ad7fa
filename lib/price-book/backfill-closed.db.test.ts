import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, NOON_MS, tokens } from "#lib/testing/usage-events.ts";
import { recordPrices } from "./record-prices.ts";
import { own } from "./testing/own-rate.ts";

const { sql } = await createTestDatabase();
const ANN = { kind: "user", id: "u1", label: "ann" } as const;
const DAY_MS = 86_400_000;

test("a closed month keeps its calls without a price; open ones get theirs", async () => {
  const plan = await loadIngestPlan(sql);
  const ledger = new Ledger(sql, () => plan);
  const house = { model: "house-1", provider: "lab", tokens: tokens(0, 1_000_000) };
  await ledger.commit(
    batch([
      modelCall("october", { ...house, startedAtMs: NOON_MS - 30 * DAY_MS }),
      modelCall("november", house),
    ]),
  );
  await sql`
    insert into closed_month (month, closed_at, closed_by, totals, hash)
    values ('2026-10-01', now(), 'ann', '{}', 'test')`;
  const rate = own({ kind: "estimate", provider: "lab", model: "house-1", usd: "2" });
  const { backfill } = await recordPrices(sql, [rate], ANN);
  assert.deepEqual([backfill.filed, backfill.isDone], [1, true]);
  const rows = await sql<{ name: string; cost: string | null }[]>`
    select attributes->>'name' as name, trim_scale(cost)::text as cost from usage_event order by started_at`;
  assert.deepEqual(
    rows.map(({ name, cost }) => [name, cost]),
    [
      ["october", null],
      ["november", "2"],
    ],
  );
});
