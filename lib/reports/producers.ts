import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { withinTeams } from "./dimension-sql.ts";
import { readOnly } from "./read-only.ts";

/** A program that reports usage in one dialect. */
export type Producer = {
  readonly service: string | null;
  readonly dialect: string;
  readonly modelCalls: number;
  readonly toolCalls: number;
  /** Start of the last hour of the period in which anything of it counted. */
  readonly lastHour: Date;
};

/** The longest list that a reader can use; the silent ones come first. */
const MOST_PRODUCERS = 200;

/** Who reported usage that counts in the period, the longest silent first. Reads rollups only. */
export async function listProducers(
  sql: SqlClient,
  scope: ReadScope,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<readonly Producer[]> {
  return readOnly(sql, async (tx) => {
    const rows = await tx<
      {
        service: string | null;
        dialect: string;
        model_calls: bigint;
        tool_calls: bigint;
        last_hour: Date;
      }[]
    >`
      select d.service, d.dialect, sum(u.model_calls)::bigint as model_calls,
             sum(u.tool_calls)::bigint as tool_calls, max(u.hour) as last_hour
      from usage_hour u join dimension_set d on d.id = u.dimension_set_id
      where u.hour >= ${from} and u.hour < ${to} and (u.model_calls > 0 or u.tool_calls > 0)
        ${withinTeams(tx, scope, tx`d.team`)}
      group by d.service, d.dialect
      order by last_hour, d.service, d.dialect
      limit ${MOST_PRODUCERS}`;
    return rows.map((row) => ({
      service: row.service,
      dialect: row.dialect,
      modelCalls: Number(row.model_calls),
      toolCalls: Number(row.tool_calls),
      lastHour: row.last_hour,
    }));
  });
}
