import type { SqlClient } from "#lib/db/client.ts";
import { ENOUGH, type ScopeSizes, USUAL_SHARE, type UsedModel } from "./learned-calls.ts";

/** Enough to know every common call by, little enough to read each minute. */
const MOST = 20_000;
const DAYS = 14;

export type CallSizes = {
  readonly sizes: readonly ScopeSizes[];
  /** The most used first. */
  readonly models: readonly UsedModel[];
};

/**
 * How large the newest calls were that count and whose usage is known. The
 * database sorts them: a process that answers checks has no time to.
 */
export async function readCallSizes(sql: SqlClient, now: Date): Promise<CallSizes> {
  const calls = sql`
    select d.team, d.agent, d.model, d.provider, event.started_at,
           event.input_uncached::float8 as input,
           (event.cache_write_5m + event.cache_write_1h)::float8 as cache_write,
           event.cache_read::float8 as cache_read, event.output::float8 as output
      from (select * from usage_event
             where started_at > ${new Date(now.getTime() - DAYS * 86_400_000)}
               and counted and calls = 1 and output is not null
             order by started_at desc limit ${MOST}) as event
      join dimension_set as d on d.id = event.dimension_set_id
     where d.kind = 'model_call'`;
  const usual = (column: string) =>
    sql`percentile_disc(${USUAL_SHARE}) within group (order by ${sql(column)})`;
  const [sizes, models] = await Promise.all([
    sql<ScopeSizes[]>`
      select array_remove(array[
               case when grouping(team) = 0 then 'team' end,
               case when grouping(agent) = 0 then 'agent' end,
               case when grouping(model) = 0 then 'model' end], null) as by,
             team, agent, model,
             json_build_object(
               'input', ${usual("input")}, 'cacheRead', ${usual("cache_read")},
               'cacheWrite', ${usual("cache_write")}, 'output', ${usual("output")}) as usual,
             json_build_object(
               'input', max(input), 'cacheRead', max(cache_read),
               'cacheWrite', max(cache_write), 'output', max(output)) as largest
        from (${calls}) as call
       group by grouping sets ((team, agent, model), (agent, model), (model), ())
      having count(*) >= ${ENOUGH}`,
    sql<UsedModel[]>`
      select provider, model, max(started_at) as "lastAt" from (${calls}) as call
       where provider is not null and model is not null
       group by provider, model order by count(*) desc, provider, model`,
  ]);
  return { sizes, models };
}
