import type { Fragment } from "postgres";
import type { SqlClient } from "#lib/db/client.ts";
import { type AnomalyScope, METRICS, type Metric } from "./sighting.ts";
import { dollarsOf } from "./watch-facts.ts";

/** Amounts of one scope by bucket, all metrics; buckets without usage are left out. */
export type ScopeSeries = {
  readonly scope: AnomalyScope;
  /** By start of the bucket in epoch milliseconds. */
  readonly buckets: ReadonlyMap<number, Readonly<Record<Metric, number>>>;
};

/** The scopes watched: all, each team, model and agent, and each team × model × agent. */
const SCOPES = [
  [],
  ["team"],
  ["model"],
  ["agent"],
  ["team", "model", "agent"],
] as const satisfies readonly (readonly (keyof AnomalyScope)[])[];

/** Scopes that are read whole in one run: those that moved most. */
const MOST_SCOPES = 400;

/** Two stretches of buckets whose mean amounts are compared to choose what is read whole. */
export type Screening = {
  readonly table: "usage_day" | "usage_hour";
  /** Start of the stretch that is judged, and of the one it is compared with. */
  readonly since: number;
  readonly before: number;
  readonly until: number;
  /** Buckets in the two stretches. */
  readonly judged: number;
  readonly compared: number;
  /** Least change of a bucket, by metric. */
  readonly floors: Readonly<Record<Metric, number>>;
};

/**
 * The scopes whose amounts have moved by at least a floor, largest first: one
 * pass over the rollups of the compared stretch. A scope that did not move
 * cannot be odd, so that a run costs what has changed and not what there is.
 */
export async function movedScopes(sql: SqlClient, screening: Screening): Promise<AnomalyScope[]> {
  const { table, since, before, until, judged, compared, floors } = screening;
  const bucket = sql(table === "usage_day" ? "day" : "hour");
  const rows = await sql<ScopeRow[]>`
    with leaf as materialized (
      select r.${bucket} as bucket, d.team, d.model, d.agent, ${sums(sql)}
        from ${sql(table)} r join dimension_set d on d.id = r.dimension_set_id
       where r.${bucket} >= ${new Date(before)} and r.${bucket} < ${new Date(until)}
       group by 1, 2, 3, 4
    ), scoped as (
      select grouping(team, model, agent) as level, team, model, agent,
             bucket >= ${new Date(since)} as is_judged, bucket, ${totals(sql)}
        from leaf
       group by bucket, grouping sets ((), (team), (model), (agent), (team, model, agent))
    ), compared as (
      select level, team, model, agent, ${sql.unsafe(
        METRICS.map(
          (metric) => `
          greatest(coalesce(max(${metric}) filter (where is_judged), 0)
                   - coalesce(sum(${metric}) filter (where not is_judged), 0) / ${Number(compared)},
                   coalesce(sum(${metric}) filter (where not is_judged), 0) / ${Number(compared)}
                   - case when count(*) filter (where is_judged) < ${Number(judged)} then 0
                          else min(${metric}) filter (where is_judged) end)
            / ${Number(floors[metric])}::float8 as ${metric}`,
        ).join(","),
      )}
        from scoped group by level, team, model, agent
    )
    select level, team, model, agent from compared
     where greatest(spend, tokens, calls, errors, tool_calls) >= 0.5
     order by greatest(spend, 0) desc, greatest(tokens, calls, errors, tool_calls) desc
     limit ${MOST_SCOPES}`;
  // Where a value is unknown, a narrow scope is all that is known of it: the wider one.
  return [...new Map(rows.map(scopeOf).map((scope) => [JSON.stringify(scope), scope])).values()];
}

/** The amounts of some scopes by bucket, in one query. */
export async function readScopeSeries(
  sql: SqlClient,
  table: "usage_day" | "usage_hour",
  scopes: readonly AnomalyScope[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ScopeSeries[]> {
  if (scopes.length === 0) return [];
  const bucket = sql(table === "usage_day" ? "day" : "hour");
  const wanted = scopes.map((scope, index) => ({
    index,
    level: levelOf(scope),
    team: scope.team ?? null,
    model: scope.model ?? null,
    agent: scope.agent ?? null,
  }));
  const rows = await sql<AmountRow[]>`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb)
        as w (index int, level int, team text, model text, agent text)
    ), scoped as (
      select r.${bucket} as bucket, grouping(d.team, d.model, d.agent) as level,
             d.team, d.model, d.agent, ${sums(sql)}
        from ${sql(table)} r join dimension_set d on d.id = r.dimension_set_id
       where r.${bucket} >= ${new Date(from)} and r.${bucket} < ${new Date(to)}
       group by r.${bucket}, grouping sets
             ((), (d.team), (d.model), (d.agent), (d.team, d.model, d.agent))
    )
    select w.index, s.bucket, s.spend, s.tokens::float8, s.calls::float8, s.errors::float8,
           s.tool_calls::float8
      from scoped s join wanted w
        on w.level = s.level and w.team is not distinct from s.team
       and w.model is not distinct from s.model and w.agent is not distinct from s.agent`;
  const found = scopes.map((scope) => ({
    scope,
    buckets: new Map<number, Record<Metric, number>>(),
  }));
  for (const { index, bucket: at, spend, ...counts } of rows) {
    found[index]?.buckets.set(at.getTime(), { ...counts, spend: dollarsOf(spend) });
  }
  return found;
}

type ScopeRow = {
  readonly level: number;
  readonly team: string | null;
  readonly model: string | null;
  readonly agent: string | null;
};

type AmountRow = {
  readonly index: number;
  readonly bucket: Date;
  readonly spend: string;
  readonly tokens: number;
  readonly calls: number;
  readonly errors: number;
  readonly tool_calls: number;
};

/** What `grouping(team, model, agent)` says of a scope: a bit for each that is not grouped by. */
function levelOf(scope: AnomalyScope): number {
  if (isLeaf(scope)) return 0;
  const bits = { team: 4, model: 2, agent: 1 } as const;
  return (["team", "model", "agent"] as const).reduce(
    (level, name) => level - (scope[name] === undefined ? 0 : bits[name]),
    7,
  );
}

/** Of team × model × agent; unknown models and agents are left out of the scope. */
function isLeaf(scope: AnomalyScope): boolean {
  return scope.team !== undefined && (scope.model !== undefined || scope.agent !== undefined);
}

/** A value that is unknown is left out: what remains is what is known of it. */
function scopeOf({ level, team, model, agent }: ScopeRow): AnomalyScope {
  const names = SCOPES.find((scope) => levelOfNames(scope) === Number(level)) ?? [];
  const values = { team, model, agent };
  return Object.fromEntries(
    names.flatMap((name) => (values[name] === null ? [] : [[name, values[name]]])),
  );
}

function levelOfNames(names: readonly (keyof AnomalyScope)[]): number {
  if (names.length === 3) return 0;
  return levelOf(Object.fromEntries(names.map((name) => [name, ""])));
}

function sums(sql: SqlClient): Fragment {
  return sql`
    sum(r.cost) as spend,
    sum(r.input_uncached + r.cache_read + r.cache_write_5m + r.cache_write_1h + r.output) as tokens,
    sum(r.model_calls) as calls, sum(r.errors) as errors, sum(r.tool_calls) as tool_calls`;
}

function totals(sql: SqlClient): Fragment {
  return sql`
    sum(spend) as spend, sum(tokens) as tokens, sum(calls) as calls, sum(errors) as errors,
    sum(tool_calls) as tool_calls`;
}
