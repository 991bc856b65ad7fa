import type { Fragment } from "postgres";
import type { SqlClient } from "#lib/db/client.ts";
import { type BasisSql, basisSql } from "./cost-basis-sql.ts";
import { joined } from "./dimension-sql.ts";
import type { Piece, UsagePlan } from "./usage-plan.ts";
import type { CostBasis } from "./usage-query.ts";

/**
 * The rows of a plan's pieces, one shape whatever they are read from: `u` with
 * `b` (the number of the bucket, from 1), `user_id`, `session_id` ('' where
 * unknown or not asked for) and the measures, `cost` in the basis; and `d` with
 * the dimensions that are asked for.
 */
export function usageSource(
  sql: SqlClient,
  plan: UsagePlan,
  costBasis: CostBasis = "effective",
): Fragment {
  const basis = basisSql(sql, costBasis);
  const parts = plan.pieces.map((piece) => {
    const rows = pieceRows(sql, piece, plan.edges, basis);
    const isCoarse = piece.source === "day_team" || piece.source === "day_person";
    return plan.grain === "set" || isCoarse ? rows : withTeam(sql, rows);
  });
  const rows = joined(sql, parts, sql`union all`);
  return plan.grain === "set"
    ? sql`(${rows}) u join dimension_set d on d.id = u.dimension_set_id`
    : sql`(${rows}) u cross join lateral (
            select u.team, u.kind, nullif(u.provider, '') as provider,
                   nullif(u.model, '') as model) d`;
}

/** Rows by dimension set in the shape of `usage_day_team` and `usage_day_person`. */
function withTeam(sql: SqlClient, rows: Fragment): Fragment {
  return sql`
    select r.b, k.team, k.kind, coalesce(k.provider, '') as provider,
           coalesce(k.model, '') as model, r.user_id, r.session_id,
           ${rollupMeasures(sql, { cost: sql`r.cost`, join: sql`` })}
    from (${rows}) r join dimension_set k on k.id = r.dimension_set_id`;
}

function pieceRows(
  sql: SqlClient,
  piece: Piece,
  edges: readonly number[],
  basis: BasisSql,
): Fragment {
  const from = new Date(piece.from);
  const to = new Date(piece.to);
  switch (piece.source) {
    case "day_team":
      return sql`
        select ${bucket(sql, edges, sql`r.day`)} as b, r.team, r.kind, r.provider, r.model,
               '' as user_id, '' as session_id, ${rollupMeasures(sql, basis)}
        from usage_day_team r where r.day >= ${from} and r.day < ${to}`;
    case "day_person":
      return sql`
        select ${bucket(sql, edges, sql`r.day`)} as b, r.team, r.kind, '' as provider, '' as model,
               r.user_id, '' as session_id, ${rollupMeasures(sql, basis)}
        from usage_day_person r where r.day >= ${from} and r.day < ${to}`;
    case "day":
      return sql`
        select ${bucket(sql, edges, sql`r.day`)} as b, r.dimension_set_id,
               '' as user_id, '' as session_id, ${rollupMeasures(sql, basis)}
        from usage_day r ${basis.join} where r.day >= ${from} and r.day < ${to}`;
    case "day_user":
      return sql`
        select ${bucket(sql, edges, sql`r.day`)} as b, r.dimension_set_id,
               r.user_id, '' as session_id, ${rollupMeasures(sql, basis)}
        from usage_day_user r ${basis.join} where r.day >= ${from} and r.day < ${to}`;
    case "hour":
      return sql`
        select ${bucket(sql, edges, sql`r.hour`)} as b, r.dimension_set_id,
               '' as user_id, '' as session_id, ${rollupMeasures(sql, basis)}
        from usage_hour r ${basis.join} where r.hour >= ${from} and r.hour < ${to}`;
    case "ledger":
      return ledgerRows(sql, piece, bucket(sql, edges, sql`e.started_at`), basis);
  }
}

function rollupMeasures(sql: SqlClient, { cost }: BasisSql): Fragment {
  return sql`r.model_calls, r.tool_calls, r.errors, r.unpriced_calls, r.unpriced_tokens,
    r.input_uncached, r.cache_read, r.cache_write_5m, r.cache_write_1h, r.output, r.reasoning,
    ${cost} as cost, r.list_cost`;
}

function ledgerRows(
  sql: SqlClient,
  { from, to }: Piece,
  bucketOf: Fragment,
  basis: BasisSql,
): Fragment {
  return sql`
    select r.b, r.dimension_set_id, r.user_id, r.session_id, ${rollupMeasures(sql, basis)}
    from (
      select ${bucketOf} as b, e.dimension_set_id, coalesce(e.rate_set_id, 0) as rate_set_id,
             coalesce(e.user_id, '') as user_id, coalesce(e.session_id, '') as session_id,
             ${ledgerMeasures(sql)}
      from priced_event e join dimension_set k on k.id = e.dimension_set_id
      where e.counted and k.kind <> 'agent_run'
        and e.started_at >= ${new Date(from)} and e.started_at < ${new Date(to)}
    ) r ${basis.join}`;
}

/**
 * What one counted row `e`, with its dimension set `k`, adds to each measure,
 * as lib/rollups/contribution.ts says it for the rollups. Agent runs add nothing.
 */
export function ledgerMeasures(sql: SqlClient): Fragment {
  const unpriced = sql`e.cost_status in ('unpriced', 'partial')`;
  return sql`
    case when k.kind = 'model_call' then e.calls else 0 end as model_calls,
    case when k.kind = 'tool_call' then 1 else 0 end as tool_calls,
    case when k.status = 'error' then 1 else 0 end as errors,
    case when ${unpriced} then greatest(1, e.calls) else 0 end as unpriced_calls,
    case when ${unpriced} then coalesce(e.input_uncached + e.cache_read + e.cache_write_5m
      + e.cache_write_1h + e.output, 0) else 0 end as unpriced_tokens,
    coalesce(e.input_uncached, 0) as input_uncached,
    coalesce(e.cache_read, 0) as cache_read,
    coalesce(e.cache_write_5m, 0) as cache_write_5m,
    coalesce(e.cache_write_1h, 0) as cache_write_1h,
    coalesce(e.output, 0) as output,
    coalesce(e.reasoning, 0) as reasoning,
    coalesce(e.cost, 0) as cost,
    coalesce(e.list_cost, 0) as list_cost`;
}

/** Every row lies within one bucket: the plan saw to it. */
function bucket(sql: SqlClient, edges: readonly number[], at: Fragment): Fragment {
  if (edges.length <= 2) return sql`1`;
  const starts = edges.slice(0, -1).map((edge) => new Date(edge).toISOString());
  return sql`width_bucket(${at}, ${starts}::timestamptz[])`;
}
