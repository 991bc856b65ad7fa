import type { Fragment } from "postgres";
import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { scopeAndFilters } from "./dimension-sql.ts";
import { readOnly } from "./read-only.ts";
import type { UsageQuery } from "./usage-query.ts";

/** Half of the calls took at most the median, 95 of 100 at most `p95Ms`. */
export type Spread = {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly longestMs: number;
};

/** How long the calls of one tool, or of one model, took. */
export type CallTiming = {
  /** Null for tools. */
  readonly provider: string | null;
  /** The tool or the model. */
  readonly name: string | null;
  /** Null where no call told how long it took. */
  readonly duration: Spread | null;
  /** From asking to the first token, or the first chunk; null where no call told. */
  readonly firstToken: Spread | null;
  /** Calls of a tool with arguments that the same run had given it before; null where no call left a hash of them. */
  readonly repeats: number | null;
};

/** Rollups hold no durations, so they are those of the latest rows: enough to judge by, and bounded. */
export const TIMED_ROWS = 20_000;

/** The timing of calls among the latest 20,000 rows of the ledger in the period, by tool or by model. */
export async function callTimings(
  sql: SqlClient,
  scope: ReadScope,
  kind: "tool_call" | "model_call",
  { from, to, filters }: Pick<UsageQuery, "from" | "to" | "filters">,
): Promise<readonly CallTiming[]> {
  const isTool = kind === "tool_call";
  return readOnly(sql, async (tx) => {
    // The order of the partitions' primary keys: the latest rows are read, and no others.
    const rows = await tx<TimingRow[]>`
      select provider, name, ${spread(tx, "duration_ms")}, ${spread(tx, "first_ms")},
             case when count(arguments) > 0 then
               count(arguments) - count(distinct (run, arguments)) filter (where arguments is not null)
             end as repeats
      from (
        select ${isTool ? tx`null::text as provider, d.tool as name` : tx`d.provider, d.model as name`},
               u.duration_ms, u.run,
               ${isTool ? tx`null::float8` : firstToken(tx)} as first_ms,
               ${isTool ? argumentsHash(tx) : tx`null::text`} as arguments
        from (
          select e.dimension_set_id, e.duration_ms, e.counted, e.attributes,
                 coalesce(e.session_id, encode(e.trace_id, 'hex')) as run,
                 coalesce(e.user_id, '') as user_id, coalesce(e.session_id, '') as session_id
          from usage_event e
          where e.started_at >= ${from} and e.started_at < ${to}
          order by e.started_at desc, e.id desc
          limit ${TIMED_ROWS}
        ) u
        join dimension_set d on d.id = u.dimension_set_id
        where u.counted and d.kind = ${kind} ${scopeAndFilters(tx, scope, filters)}
        -- Else attributes are taken apart once for each mention of what is read from them.
        offset 0
      ) timed
      group by provider, name`;
    return rows.map(toTiming);
  });
}

function spread(sql: SqlClient, column: "duration_ms" | "first_ms"): Fragment {
  const value = sql(column);
  return sql`
    percentile_cont(0.5) within group (order by ${value}) as ${sql(`${column}_median`)},
    percentile_cont(0.95) within group (order by ${value}) as ${sql(`${column}_p95`)},
    max(${value}) as ${sql(`${column}_longest`)}`;
}

/**
 * OpenTelemetry tells the time to the first chunk in seconds, Claude Code that
 * to the first token in milliseconds. What is no plain number is left out.
 */
function firstToken(sql: SqlClient): Fragment {
  const read = (key: string) => sql`substring(
    u.attributes ->> ${key} from '^[0-9]{1,9}(?:[.][0-9]{1,12})?$')::float8`;
  return sql`coalesce(1000 * ${read("gen_ai.response.time_to_first_chunk")}, ${read("ttft_ms")})`;
}

/** Only keys whose policy asks for hashes leave any. */
function argumentsHash(sql: SqlClient): Fragment {
  return sql`case when u.attributes::text like '%.hash"%' then (
    select string_agg(a.value, ' ' order by a.key) from jsonb_each_text(u.attributes) a
    where a.key ~ '(argument|args|input|parameter|command|query)[^.]*[.]hash$') end`;
}

type TimingRow = {
  readonly provider: string | null;
  readonly name: string | null;
  readonly repeats: bigint | null;
} & {
  readonly [C in `${"duration_ms" | "first_ms"}_${"median" | "p95" | "longest"}`]: number | null;
};

function toTiming(row: TimingRow): CallTiming {
  return {
    provider: row.provider,
    name: row.name,
    duration: toSpread(row.duration_ms_median, row.duration_ms_p95, row.duration_ms_longest),
    firstToken: toSpread(row.first_ms_median, row.first_ms_p95, row.first_ms_longest),
    repeats: row.repeats === null ? null : Number(row.repeats),
  };
}

function toSpread(
  medianMs: number | null,
  p95Ms: number | null,
  longestMs: number | null,
): Spread | null {
  if (medianMs === null || p95Ms === null || longestMs === null) return null;
  return { medianMs, p95Ms, longestMs };
}
