import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { scopeAndFilters } from "./dimension-sql.ts";
import { readOnly } from "./read-only.ts";
import type { UsageQuery } from "./usage-query.ts";

/** How long a tool took, in milliseconds. */
export type ToolDuration = {
  readonly tool: string | null;
  /** Calls that told how long they took. */
  readonly calls: number;
  readonly medianMs: number;
  /** 95 of 100 calls were as fast as this. */
  readonly p95Ms: number;
  readonly longestMs: number;
};

/** Rollups hold no durations, so they are those of the latest rows: enough to judge by, and bounded. */
export const ROWS_READ = 50_000;

/** The durations of tool calls among the latest 50,000 rows of the ledger in the period. */
export async function toolDurations(
  sql: SqlClient,
  scope: ReadScope,
  { from, to, filters }: Pick<UsageQuery, "from" | "to" | "filters">,
): Promise<readonly ToolDuration[]> {
  return readOnly(sql, async (tx) => {
    // Ids sort by time and are indexed; times alone are not.
    const rows = await tx<
      { tool: string | null; calls: bigint; median: number; p95: number; longest: number }[]
    >`
      select d.tool, count(*) as calls, max(u.duration_ms) as longest,
             percentile_cont(0.5) within group (order by u.duration_ms) as median,
             percentile_cont(0.95) within group (order by u.duration_ms) as p95
      from (
        select e.dimension_set_id, e.duration_ms, e.counted,
               coalesce(e.user_id, '') as user_id, coalesce(e.session_id, '') as session_id
        from usage_event e
        where e.started_at >= ${from} and e.started_at < ${to}
        order by e.id desc
        limit ${ROWS_READ}
      ) u
      join dimension_set d on d.id = u.dimension_set_id
      where u.counted and u.duration_ms is not null and d.kind = 'tool_call'
        ${scopeAndFilters(tx, scope, filters)}
      group by d.tool`;
    return rows.map(({ tool, calls, median, p95, longest }) => ({
      tool,
      calls: Number(calls),
      medianMs: median,
      p95Ms: p95,
      longestMs: longest,
    }));
  });
}
