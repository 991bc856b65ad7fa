import type { SqlClient, Tx } from "#lib/db/client.ts";
import { parseUsd, ZERO_USD } from "#lib/money/money.ts";
import type { PastLeaf } from "./explanation.ts";
import type { AnomalyScope } from "./sighting.ts";
import type { Window } from "./window.ts";

/** Spend by combination of dimension values in a window and in each earlier one. */
export async function readLeaves(
  sql: SqlClient | Tx,
  { table, buckets, past }: Window,
  scope: AnomalyScope,
): Promise<PastLeaf[]> {
  const places = [buckets, ...past].flatMap((list, place) =>
    list.map((bucket) => ({ at: new Date(bucket).toISOString(), place })),
  );
  const bucket = sql(table === "usage_day" ? "day" : "hour");
  const rows = await sql<LeafRow[]>`
    with places as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(places)}::text::jsonb)
        as p (at timestamptz, place int)
    ), used as (
      select p.place, coalesce(d.team, '') as team, coalesce(d.project, '') as project,
             coalesce(d.agent, '') as agent, coalesce(d.workflow, '') as workflow,
             coalesce(d.model, '') as model, sum(r.cost) as cost
        from places p join ${sql(table)} r on r.${bucket} = p.at
        join dimension_set d on d.id = r.dimension_set_id
       where true ${within(sql, scope)}
       group by 1, 2, 3, 4, 5, 6
    )
    select team, project, agent, workflow, model,
           jsonb_object_agg(place, cost::text) as costs
      from used group by 1, 2, 3, 4, 5
     order by max(cost) desc limit 20000`;
  return rows.map(({ costs, ...dimensions }) => ({
    dimensions,
    actual: costOf(costs, 0),
    past: past.map((_, index) => costOf(costs, index + 1)),
  }));
}

/** `and …` for the values that a scope names. */
export function within(sql: SqlClient | Tx, { team, model, agent }: AnomalyScope) {
  return sql`
    ${team === undefined ? sql`` : sql`and d.team = ${team}`}
    ${model === undefined ? sql`` : sql`and d.model = ${model}`}
    ${agent === undefined ? sql`` : sql`and d.agent = ${agent}`}`;
}

type LeafRow = PastLeaf["dimensions"] & { readonly costs: Readonly<Record<string, string>> };

function costOf(costs: LeafRow["costs"], place: number) {
  const text = costs[String(place)];
  return text === undefined ? ZERO_USD : parseUsd(text);
}
