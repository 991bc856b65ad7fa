import assert from "node:assert/strict";
import type { SqlClient } from "#lib/db/client.ts";
import { type HistoryWorks, workOnRun } from "#lib/history-runs/work-on-run.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { type IngestPlan, loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { verifyCosts } from "#lib/ledger/verify-costs.ts";
import { ROLLUP_TABLES } from "#lib/rollups/rollup-tables.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import type { TraceNode, UsageEvent } from "#lib/usage/usage-event.ts";
import { modelCall, tokens } from "./usage-events.ts";

/** The first of three days of made-up history. */
export const HISTORY_START_MS = Date.parse("2026-10-10T00:00:00Z");
const SPACING_MS = 847_000;

/** Puts events into the ledger by what is known now, or was when the plan was loaded. */
export async function ingest(
  sql: SqlClient,
  events: readonly UsageEvent[],
  nodes: readonly TraceNode[] = [],
  known?: IngestPlan,
): Promise<void> {
  const plan = known ?? (await loadIngestPlan(sql));
  const latest = Math.max(...events.map(({ startedAtMs }) => startedAtMs));
  await new Ledger(sql, () => plan).commit({
    arrivals: events.map((event) => ({ event, keyId: "" })),
    nodes,
    refusals: [],
    receivedAtMs: latest + 60_000,
  });
}

/**
 * Calls of three days, one each fourteen minutes: long and short prompts, prices
 * by the hour, fees, plans, models without a price, names of one's own, failed
 * calls without usage and tool calls, of three teams.
 */
export function mixedCalls(count: number, first = 0): UsageEvent[] {
  return Array.from({ length: count }, (_, i) => {
    const n = first + i;
    const sort = SORTS[n % SORTS.length] ?? {};
    return modelCall(`call ${n}`, {
      traceId: n.toString(16).padStart(32, "c"),
      spanId: n.toString(16).padStart(16, "d"),
      startedAtMs: HISTORY_START_MS + ((n * SPACING_MS) % (3 * 86_400_000)),
      tokens: tokens(1_000 + (n % 97), 100 + (n % 31), { cache_read: n % 53 }),
      service: "shop",
      identityOf: { session: `s${n % 11}`, ...(n % 3 === 0 ? {} : { user: `u${n % 5}` }) },
      attributes: n % 7 === 0 ? {} : { "team.id": ["payments", "search"][n % 2] ?? "" },
      ...sort,
    });
  });
}

/** As many as have no factor in common with the numbers of teams, people and sessions. */
const SORTS: readonly Partial<UsageEvent>[] = [
  { provider: "openai", model: "gpt-5.4-mini" },
  { provider: "anthropic", model: "claude-haiku-4-5", units: { web_fetch: 2 } },
  { provider: "openai", model: "gpt-5.5" },
  { provider: "openai", model: "gpt-5.5", tokens: tokens(300_000, 900, { reasoning: 300 }) },
  { provider: "deepseek", model: "deepseek-chat" },
  { provider: "anthropic", model: "claude-sonnet-4-6", units: { web_search: 3 } },
  { provider: "anthropic", model: "claude-sonnet-4-6", funding: "plan" },
  { provider: "lab", model: "lab-1" },
  { provider: "azure", model: "Our-GPT" },
  { provider: "openai", model: "gpt-5.5", status: "error", errorType: "500", tokens: null },
  { provider: "openai", model: "gpt-5.5", flags: ["usage_incomplete"] },
  {
    ...{ provider: "openai", model: "gpt-5.5" },
    attributes: { "team.id": "payments", "outlay.price.output_tokens": "9.5" },
  },
  {
    ...{ kind: "tool_call", operation: "execute_tool", calls: 0, provider: null, model: null },
    ...{ tokens: null, tool: "search" },
  },
];

/** Works until no run is open any more. */
export async function finishRuns(sql: SqlClient, works: HistoryWorks): Promise<number> {
  let steps = 0;
  while (await workOnRun(sql, works, () => new Date("2026-11-22T12:00:00Z"))) steps += 1;
  return steps;
}

/** Everything that a run may change, row by row; without rows that nothing is filed under any more. */
export async function everyFigure(sql: SqlClient) {
  const ledger = await sql<{ counted: boolean }[]>`
    select id, counted, dimension_set_id, rate_set_id, cost, list_cost, cost_status, rule_id
      from priced_event order by id`;
  const tables = [
    ...ROLLUP_TABLES.map(({ table }) => (table === "session" ? "priced_session" : table)),
    "quality_day",
  ];
  const rollups = await Promise.all(
    tables.map(async (table) => {
      const rows = await sql<{ row: string }[]>`
        select (to_jsonb(t) - 'example_id')::text as row from ${sql(table)} t
         where (to_jsonb(t) ->> ${table === "quality_day" ? "rows" : "model_calls"})::numeric <> 0
            or (to_jsonb(t) ->> 'tool_calls')::numeric <> 0 or (to_jsonb(t) ->> 'cost')::numeric <> 0
         order by 1`;
      return rows.map(({ row }) => row);
    }),
  );
  return { ledger: [...ledger], rollups };
}

/** What `outlay verify` asks. */
export async function assertVerified(sql: SqlClient): Promise<void> {
  const always = { from: null, to: null };
  assert.deepEqual(await verifyRollups(sql, always), []);
  assert.equal((await verifyCosts(sql, always)).wrong, 0);
}
