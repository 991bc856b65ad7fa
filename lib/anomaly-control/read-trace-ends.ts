import type { SqlClient } from "#lib/db/client.ts";
import type { RunCall } from "./read-runs.ts";

const LATELY_MS = 3_600_000;
const MOST_TRACES = 1_000;

/**
 * When the root of each trace ended that was called in lately: an agent run
 * without a parent. A run that is under way has not been reported, so a trace
 * that is not in the answer may have one.
 *
 * @returns Epoch milliseconds by trace id (hex).
 */
export async function readTraceEnds(
  sql: SqlClient,
  calls: readonly RunCall[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const lately = calls.filter(({ startedAtMs }) => startedAtMs >= now - LATELY_MS);
  const traces = [...new Set(lately.flatMap(({ trace }) => (trace === null ? [] : [trace])))];
  if (traces.length === 0) return new Map();
  const rows = await sql<{ trace: string; ended_at: Date }[]>`
    select encode(e.trace_id, 'hex') as trace,
           max(e.started_at + e.duration_ms * interval '1 millisecond') as ended_at
      from usage_event e join dimension_set d on d.id = e.dimension_set_id
     where e.trace_id = any(
             array(select decode(hex, 'hex') from unnest(${traces.slice(0, MOST_TRACES)}::text[]) hex))
       and d.kind = 'agent_run' and e.parent_span_id is null and e.duration_ms is not null
     group by 1`;
  return new Map(rows.map(({ trace, ended_at }) => [trace, ended_at.getTime()]));
}
