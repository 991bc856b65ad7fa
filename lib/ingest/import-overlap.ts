import type { SqlClient } from "#lib/db/client.ts";

/** Counted telemetry of one model on days for which a file tells of it too. */
export type TelemetryOverlap = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly days: number;
  /** Of telemetry on these days; 0 where only metrics tell. */
  readonly calls: number;
  readonly tokens: number;
  /** Decimal US dollars. */
  readonly cost: string;
};

/**
 * What telemetry tells of the models and days of imported rows that count.
 * Rows that name their response are left out: they are joined with the very call.
 *
 * @param within The imported rows: a condition on `usage_event u`.
 * @param values What the condition's parameters stand for.
 */
export async function telemetryBeside(
  sql: SqlClient,
  within: string,
  values: readonly unknown[],
): Promise<TelemetryOverlap[]> {
  const rows = await sql.unsafe<OverlapRow[]>(
    `with imported as (
       select distinct d.provider, d.model,
              date_trunc('day', u.started_at, coalesce((select time_zone from organization), 'UTC')) as day
         from usage_event u join dimension_set d on d.id = u.dimension_set_id
        where u.counted and d.kind = 'model_call' and u.response_id is null and ${within})
     select i.provider, i.model, count(distinct i.day)::int8 as days,
            sum(r.model_calls)::int8 as calls, trim_scale(sum(r.cost))::text as cost,
            sum(r.input_uncached + r.cache_read + r.cache_write_5m + r.cache_write_1h + r.output)::int8 as tokens
       from imported i
       join usage_day r on r.day = i.day
       join dimension_set d on d.id = r.dimension_set_id
      where d.kind = 'model_call' and d.dialect <> 'import'
        and d.provider is not distinct from i.provider and d.model is not distinct from i.model
      group by i.provider, i.model
     having sum(r.model_calls) > 0 or sum(r.input_uncached + r.cache_read + r.output) > 0
      order by sum(r.cost) desc, i.provider, i.model`,
    [...values] as never[],
  );
  return rows.map(({ days, calls, tokens, ...row }) => ({
    ...row,
    days: Number(days),
    calls: Number(calls),
    tokens: Number(tokens),
  }));
}

type OverlapRow = Pick<TelemetryOverlap, "provider" | "model" | "cost"> & {
  readonly days: bigint;
  readonly calls: bigint;
  readonly tokens: bigint;
};
