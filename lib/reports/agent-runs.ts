import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import { basisSql } from "./cost-basis-sql.ts";
import { dimensionColumn, scopeAndFilters } from "./dimension-sql.ts";
import { readOnly } from "./read-only.ts";
import type { UsageQuery } from "./usage-query.ts";

/** What agents do is told by agent or by workflow. */
export type RunDimension = "agent" | "workflow";

/** The runs of one agent or workflow: traces, or sessions where nothing says the trace. */
export type RunStats = {
  readonly name: string | null;
  readonly runs: number;
  /** Runs in which something failed. */
  readonly failedRuns: number;
  /** Calls that repeat one that failed. */
  readonly retries: number;
  /** What half of the runs cost at most, and 95 of 100; calls without a price add nothing. */
  readonly medianCost: Usd;
  readonly p95Cost: Usd;
  /** Of all the runs; they are in none of the costs. */
  readonly unpricedCalls: number;
};

/** One of the dearest runs. */
export type DearRun = {
  readonly session: string | null;
  /** Its first row in the ledger. */
  readonly eventId: string;
  readonly startedAt: Date;
  readonly calls: number;
  readonly errors: number;
  readonly cost: Usd;
  readonly unpricedCalls: number;
};

/** Rollups hold no runs, so they are those of the latest rows: enough to judge by, and bounded. */
export const RUN_ROWS_READ = 20_000;

type Asked = Pick<UsageQuery, "from" | "to" | "filters" | "costBasis">;

/** The runs of each agent or workflow among the latest 20,000 rows of the ledger in the period. */
export async function runStats(
  sql: SqlClient,
  scope: ReadScope,
  by: RunDimension,
  asked: Asked,
): Promise<readonly RunStats[]> {
  return readOnly(sql, async (tx) => {
    const rows = await tx<StatsRow[]>`
      select name, count(*) as runs, count(*) filter (where errors > 0) as failed,
             sum(retries)::bigint as retries, sum(unpriced)::bigint as unpriced,
             percentile_disc(0.5) within group (order by cost) as median,
             percentile_disc(0.95) within group (order by cost) as p95
      from (${runsSql(tx, scope, by, asked)}) r
      group by name`;
    return rows.map((row) => ({
      name: row.name,
      runs: Number(row.runs),
      failedRuns: Number(row.failed),
      retries: Number(row.retries),
      medianCost: parseUsd(row.median),
      p95Cost: parseUsd(row.p95),
      unpricedCalls: Number(row.unpriced),
    }));
  });
}

/** The dearest of the same runs, dearest first. */
export async function dearestRuns(
  sql: SqlClient,
  scope: ReadScope,
  by: RunDimension,
  asked: Asked & { readonly limit: number },
): Promise<readonly DearRun[]> {
  return readOnly(sql, async (tx) => {
    const rows = await tx<RunRow[]>`
      select * from (${runsSql(tx, scope, by, asked)}) r
      order by cost desc, first_id desc limit ${asked.limit}`;
    return rows.map((row) => ({
      session: row.session,
      eventId: row.first_id,
      startedAt: row.started_at,
      calls: Number(row.calls),
      errors: Number(row.errors),
      cost: parseUsd(row.cost),
      unpricedCalls: Number(row.unpriced),
    }));
  });
}

function runsSql(sql: SqlClient, scope: ReadScope, by: RunDimension, asked: Asked) {
  const { from, to, filters, costBasis } = asked;
  const basis = basisSql(sql, costBasis, "u");
  return sql`
    select ${dimensionColumn(sql, scope, by)} as name,
           coalesce(encode(u.trace_id, 'hex'), u.session_id) as run,
           max(nullif(u.session_id, '')) as session, min(u.id::text) as first_id,
           min(u.started_at) as started_at,
           count(*) filter (where d.kind <> 'agent_run') as calls,
           count(*) filter (where d.status = 'error') as errors,
           count(*) filter (where u.attempt > 1) as retries,
           count(*) filter (where d.kind = 'model_call' and u.cost is null) as unpriced,
           coalesce(sum(${basis.cost}), 0) as cost
    from (
      select e.id, e.started_at, e.dimension_set_id, e.trace_id, e.attempt, e.cost, e.list_cost,
             e.rate_set_id, e.counted, e.input_uncached, e.cache_read, e.cache_write_5m,
             e.cache_write_1h, e.output, e.reasoning,
             coalesce(e.user_id, '') as user_id, coalesce(e.session_id, '') as session_id
      from priced_event e
      where e.started_at >= ${from} and e.started_at < ${to}
      order by e.started_at desc, e.id desc
      limit ${RUN_ROWS_READ}
    ) u
    join dimension_set d on d.id = u.dimension_set_id ${basis.join}
    where u.counted and (u.trace_id is not null or u.session_id <> '')
      ${scopeAndFilters(sql, scope, filters)}
    group by 1, 2`;
}

type StatsRow = {
  readonly name: string | null;
  readonly runs: bigint;
  readonly failed: bigint;
  readonly retries: bigint;
  readonly median: string;
  readonly p95: string;
  readonly unpriced: bigint;
};

type RunRow = {
  readonly session: string | null;
  readonly first_id: string;
  readonly started_at: Date;
  readonly calls: bigint;
  readonly errors: bigint;
  readonly cost: string;
  readonly unpriced: bigint;
};
