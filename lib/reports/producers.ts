import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { dayStart } from "#lib/time/zone.ts";
import { withinTeams } from "./dimension-sql.ts";
import { organizationZone, readOnly } from "./read-only.ts";

/** A program that reports usage in one dialect. */
export type Producer = {
  readonly service: string | null;
  readonly dialect: string;
  readonly modelCalls: number;
  readonly toolCalls: number;
  /** Start of the last hour in which anything of it counted; of the last day where that is not the newest day of the period. */
  readonly lastSeen: Date;
  readonly seenBy: "hour" | "day";
};

/** The longest list that a reader can use; the silent ones come first. */
const MOST_PRODUCERS = 200;

/**
 * Who reported usage that counts in the period, the longest silent first.
 * Days that touch the period count whole. Reads the day rollup, and the hours
 * of the newest day only, since hours are many.
 */
export async function listProducers(
  sql: SqlClient,
  scope: ReadScope,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly Producer[]> {
  return readOnly(sql, async (tx) => {
    const zone = await organizationZone(tx);
    const [firstDay, newestDay] = [from.getTime(), to.getTime() - 1].map(
      (ms) => new Date(dayStart(ms, zone)),
    );
    const rows = await tx<ProducerRow[]>`
      with used as (
        select u.dimension_set_id, sum(u.model_calls)::int8 as model_calls,
               sum(u.tool_calls)::int8 as tool_calls, max(u.day) as last_day
          from usage_day u
         where u.day >= ${firstDay ?? from} and u.day < ${to} and (u.model_calls > 0 or u.tool_calls > 0)
         group by 1
      ), newest as (
        select dimension_set_id, max(hour) as hour
          from usage_hour
         where hour >= ${newestDay ?? from} and hour < ${to} and (model_calls > 0 or tool_calls > 0)
         group by 1
      )
      select d.service, d.dialect, sum(u.model_calls)::int8 as model_calls,
             sum(u.tool_calls)::int8 as tool_calls, max(u.last_day) as last_day, max(n.hour) as last_hour
        from used u
        join dimension_set d on d.id = u.dimension_set_id
        left join newest n on n.dimension_set_id = u.dimension_set_id
       where true ${withinTeams(tx, scope, tx`d.team`)}
       group by d.service, d.dialect
       order by coalesce(max(n.hour), max(u.last_day)), d.service, d.dialect
       limit ${MOST_PRODUCERS}`;
    return rows.map((row) => ({
      service: row.service,
      dialect: row.dialect,
      modelCalls: Number(row.model_calls),
      toolCalls: Number(row.tool_calls),
      lastSeen: row.last_hour ?? row.last_day,
      seenBy: row.last_hour === null ? "day" : "hour",
    }));
  });
}

type ProducerRow = {
  readonly service: string | null;
  readonly dialect: string;
  readonly model_calls: bigint;
  readonly tool_calls: bigint;
  readonly last_day: Date;
  readonly last_hour: Date | null;
};
