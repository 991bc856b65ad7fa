import type { SqlClient } from "#lib/db/client.ts";
import type { PastCall } from "./learned-calls.ts";

/** Enough to know every common call by, little enough to read each minute. */
const MOST = 20_000;
const DAYS = 14;

/** The newest calls that count and whose usage is known. */
export async function readPastCalls(sql: SqlClient, now: Date): Promise<readonly PastCall[]> {
  return await sql<PastCall[]>`
    select d.team, d.agent, d.model, d.provider,
           event.input_uncached::float8 as input,
           (event.cache_write_5m + event.cache_write_1h)::float8 as "cacheWrite",
           event.cache_read::float8 as "cacheRead", event.output::float8 as output
      from (select * from usage_event
             where started_at > ${new Date(now.getTime() - DAYS * 86_400_000)}
               and counted and calls = 1 and output is not null
             order by started_at desc limit ${MOST}) as event
      join dimension_set as d on d.id = event.dimension_set_id
     where d.kind = 'model_call'
     order by event.started_at desc`;
}
