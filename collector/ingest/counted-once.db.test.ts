/** Everything that was ever recorded, in one ledger: each call once, in any order, however it is split and repeated. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { SqlClient } from "#lib/db/client.ts";
import { parseImport } from "#lib/imports/parse-import.ts";
import type { Batch } from "#lib/ingest/batch.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { type IngestPlan, loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import type { Expected, ExpectedCounts, ExpectedTool } from "../dialects/testing.ts";
import { expectedUsage, type Usage } from "./captured-usage.ts";
import {
  batchOf,
  CAPTURES,
  otlpFixtures,
  partsOf,
  type RecordedExport,
  readJson,
  readText,
  recordedCaptures,
  recordedFixture,
} from "./recorded-exports.ts";

const RECEIVED_MS = Date.parse("2026-11-22T18:00:00Z");
const SEEDS = [1, 2, 3];

/** Fixtures that are one session told in several signals; the first tells all that shall count. */
const TOLD_TOGETHER: readonly (readonly string[])[] = [
  ["claude-code.logs", "claude-code.traces", "claude-code.metrics"],
  ["codex.logs", "codex.traces"],
  ["openclaw.traces", "openclaw.metrics"],
];
const CURSOR_CSV = "cursor-usage-events.csv";
const IMPORTS = [
  ["openai", "openai-usage-completions.import", ".json"],
  ["anthropic", "anthropic-usage-report.import", ".json"],
  ["cursor", "cursor-usage-events.import", ".json"],
  ["cursor", CURSOR_CSV, ""],
] as const;

/** By the fixture whose expectations hold: the key that all its exports come with. */
const groups = new Map(TOLD_TOGETHER.map((names) => [names[0] ?? "", names]));
for (const name of otlpFixtures()) {
  if (!TOLD_TOGETHER.flat().includes(name)) groups.set(name, [name]);
}
const recorded: readonly RecordedExport[] = [
  ...recordedCaptures(),
  ...[...groups].flatMap(([keyId, names]) => names.map((name) => recordedFixture(name, keyId))),
];
const imports: readonly Batch[] = IMPORTS.map(([source, keyId, ending]) => {
  const { events, errors } = parseImport(source, readText(`fixtures/${keyId}${ending}`));
  assert.deepEqual(errors, []);
  return {
    arrivals: events.map((event) => ({ event, keyId })),
    nodes: [],
    refusals: [],
    receivedAtMs: RECEIVED_MS,
  };
});

const { sql } = await createTestDatabase();
const shuffled = await Promise.all(
  SEEDS.map(async (seed) => ({ seed, sql: (await createTestDatabase()).sql })),
);

const ledger = await ledgerOn(sql);
for (const recordedExport of recorded) await ledger.commit(batchOf(recordedExport, RECEIVED_MS));
for (const batch of imports) await ledger.commit(batch);

async function ledgerOn(client: SqlClient): Promise<Ledger> {
  const plan: IngestPlan = await loadIngestPlan(client);
  return new Ledger(client, () => plan);
}

/** Model calls that went well, by model without its date. */
async function usageOf(keyId: string): Promise<Record<string, Usage>> {
  const rows = await sql<(Usage & { model: string })[]>`
    select regexp_replace(d.model, '-20\d{6}$|-20\d\d-\d\d-\d\d$', '') as model,
           sum(u.calls)::int as calls, coalesce(sum(input_uncached), 0)::int as input,
           coalesce(sum(cache_read), 0)::int as read,
           coalesce(sum(cache_write_5m + cache_write_1h), 0)::int as written,
           coalesce(sum(cache_write_1h), 0)::int as written1h,
           coalesce(sum(cache_write_5m) filter (where 'assumed_ttl' = any(flags)), 0)::int as "assumed5m",
           coalesce(sum(output), 0)::int as output, coalesce(sum(reasoning), 0)::int as reasoning,
           count(*) filter (where 'usage_missing' = any(flags))::int as missing,
           count(*) filter (where 'cache_unreported' = any(flags))::int as "upperBound"
      from usage_event u join dimension_set d on d.id = u.dimension_set_id
     where counted and d.kind = 'model_call' and d.status = 'ok' and u.key_id = ${keyId}
     group by 1 order by 1`;
  return Object.fromEntries(rows.map(({ model, ...usage }) => [model, { ...usage }]));
}

describe("a recorded program's calls are what the model server billed", () => {
  for (const [name, byModel] of CAPTURES) {
    test(name, async () => {
      assert.deepEqual(await usageOf(`capture ${name}`), expectedUsage(name, byModel));
    });
  }
});

const CLASSES = [
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
] as const;

describe("a fixture's calls and tools are as expected", () => {
  for (const name of [...groups.keys(), ...IMPORTS.map(([, key]) => key)]) {
    test(name, async () => {
      const {
        model_calls = [],
        usage_rows = [],
        tool_calls = [],
      } = readJson<Expected>(`fixtures/${name}.expected.json`);
      const [row] = await sql<Record<string, number>[]>`
        select coalesce(sum(u.calls), 0)::int as calls, coalesce(sum(input_uncached), 0)::int as input_uncached,
               coalesce(sum(cache_read), 0)::int as cache_read,
               coalesce(sum(cache_write_5m), 0)::int as cache_write_5m,
               coalesce(sum(cache_write_1h), 0)::int as cache_write_1h,
               coalesce(sum(output), 0)::int as output
          from usage_event u join dimension_set d on d.id = u.dimension_set_id
         where counted and d.kind = 'model_call' and u.key_id = ${name}`;
      const { calls, ...tokens } = row ?? {};
      // Cursor's CSV tells two events of its API again, under the same times and users.
      const again = name === CURSOR_CSV ? 2 : 0;
      assert.deepEqual(tokens, sums([...model_calls, ...usage_rows.slice(again)]));
      if (usage_rows.length === 0) {
        assert.equal(calls, model_calls.filter(({ aggregate }) => aggregate !== true).length);
      }
      const tools = await sql<{ tool: string; status: string }[]>`
        select d.tool, d.status from usage_event u join dimension_set d on d.id = u.dimension_set_id
         where counted and d.kind = 'tool_call' and u.key_id = ${name}`;
      assert.deepEqual(
        tools.map(({ tool, status }) => `${tool} ${status}`).sort(),
        tool_calls.map((tool) => `${tool.name} ${statusOf(tool)}`).sort(),
      );
    });
  }
});

function sums(rows: readonly ExpectedCounts[]): Record<string, number> {
  return Object.fromEntries(
    CLASSES.map((name) => [name, rows.reduce((total, row) => total + row[name], 0)]),
  );
}

const NEVER_RAN: ReadonlySet<string> = new Set(["rejected", "denied", "blocked"]);

function statusOf({ ok, outcome }: ExpectedTool & { readonly outcome?: string }): string {
  if (ok === null || NEVER_RAN.has(outcome ?? "")) return "rejected";
  return ok ? "ok" : "error";
}

/** All that pages may show, in one text per row. */
async function figuresOf(client: SqlClient): Promise<string[]> {
  const rows = await client`
    select u.key_id, d.service, d.kind, d.provider, d.model, d.agent, d.workflow, d.team, d.tool,
           d.status, d.tier, d.project, d.environment, u.session_id, u.user_id,
           count(*)::int as rows, sum(u.calls)::int as calls, sum(input_uncached)::text as iu,
           sum(cache_read)::text as cr, sum(cache_write_5m)::text as w5,
           sum(cache_write_1h)::text as w1, sum(output)::text as o, sum(reasoning)::text as r,
           sum(cost)::text as cost, sum(list_cost)::text as list_cost,
           count(*) filter (where cost is null)::int as unpriced
      from usage_event u join dimension_set d on d.id = u.dimension_set_id
     where counted group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15`;
  return rows.map((row) => JSON.stringify(row)).sort();
}

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** As a collector takes into one transaction what arrives while another runs. */
function together(batches: readonly Batch[]): Batch {
  return {
    arrivals: batches.flatMap(({ arrivals }) => arrivals),
    nodes: batches.flatMap(({ nodes }) => nodes),
    refusals: batches.flatMap(({ refusals }) => refusals),
    receivedAtMs: RECEIVED_MS,
  };
}

function inAnyOrder<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

describe("whatever the order, the split and the repeats, over four collectors at once", () => {
  for (const { seed, sql: other } of shuffled) {
    test(`every figure is the same: seed ${seed}`, async () => {
      const random = dice(seed * 7_919);
      const parts = recorded.flatMap((one) => {
        const pieces = 1 + Math.floor(random() * 4);
        return partsOf(one, () => Math.floor(random() * pieces));
      });
      const batches = parts.map((part) => batchOf(part, RECEIVED_MS));
      const repeats = batches.filter(() => random() < 0.4);
      const queue = inAnyOrder([...batches, ...repeats], random);
      // Files are imported one after the other, each under its own key.
      const importer = await ledgerOn(other);
      for (const batch of imports) await importer.commit(batch);
      await Promise.all(
        [1, 2, 3, 4].map(async () => {
          const collector = await ledgerOn(other);
          while (queue.length > 0) {
            await collector.commit(together(queue.splice(0, 1 + Math.floor(random() * 12))));
          }
        }),
      );
      assert.deepEqual(await figuresOf(other), await figuresOf(sql));
      assert.deepEqual(await verifyRollups(other, { from: null, to: null }), []);
    });
  }
});

test("no rollup drifts from the ledger", async () => {
  assert.deepEqual(await verifyRollups(sql, { from: null, to: null }), []);
});
