/** Programs that only send metrics: each point in an export of its own, in any order, gives what the model server billed. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SqlClient } from "#lib/db/client.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { verifyCosts } from "#lib/ledger/verify-costs.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batchOf, CAPTURES, partsOf, recordedCaptures } from "./recorded-exports.ts";

const RECEIVED_MS = Date.parse("2026-11-22T18:00:00Z");
/** Their input holds their cache. */
const PROGRAMS = ["codex", "gemini-cli", "qwen-code"];

const databases = await Promise.all(
  [1, 2, 3].map(async (seed) => ({ seed, sql: (await createTestDatabase()).sql })),
);

async function billed(sql: SqlClient): Promise<Record<string, unknown>> {
  const rows = await sql<{ name: string }[]>`
    select u.key_id || ' ' || d.model as name, sum(input_uncached)::int as input,
           sum(cache_read)::int as read, sum(cache_write_5m)::int as written
      from usage_event u join dimension_set d on d.id = u.dimension_set_id
     where counted and d.kind = 'model_call' group by 1`;
  return Object.fromEntries(rows.map(({ name, ...tokens }) => [name, { ...tokens }]));
}

const truth = Object.fromEntries(
  PROGRAMS.flatMap((name) =>
    Object.entries(CAPTURES.get(name) ?? {}).map(([model, usage]) => [
      `capture ${name} ${model}`,
      {
        input: (usage.input_uncached ?? 0) + (usage.tool_use_prompt ?? 0),
        read: usage.cache_read ?? 0,
        written: (usage.cache_write_5m ?? 0) + (usage.cache_write_1h ?? 0),
      },
    ]),
  ),
);

describe("whole and part find each other in whichever export", () => {
  for (const { seed, sql } of databases) {
    test(`point by point, over two collectors: seed ${seed}`, async () => {
      let state = seed;
      const random = () => {
        state = (state * 1_664_525 + 1_013_904_223) >>> 0;
        return state / 4_294_967_296;
      };
      const exports = recordedCaptures()
        .filter(({ keyId }) => PROGRAMS.includes(keyId.replace("capture ", "")))
        .filter(({ decoded }) => decoded.signal === "metrics")
        .flatMap((one) => {
          let place = 0;
          return partsOf(one, () => place++);
        })
        .map((part) => ({ batch: batchOf(part, RECEIVED_MS), at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ batch }) => batch)
        .filter(({ arrivals }) => arrivals.length > 0);
      const plan = await loadIngestPlan(sql);
      const queue = [...exports, ...exports.slice(0, 40)];
      await Promise.all(
        [1, 2].map(async () => {
          const ledger = new Ledger(sql, () => plan);
          for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
            await ledger.commit(one);
          }
        }),
      );
      assert.deepEqual(await billed(sql), truth);
      assert.deepEqual(await verifyRollups(sql, { from: null, to: null }), []);
      assert.equal((await verifyCosts(sql, { from: null, to: null })).wrong, 0);
    });
  }
});
