import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { withinTeams } from "#lib/reports/dimension-sql.ts";
import { readOnly } from "#lib/reports/read-only.ts";

/** The parts of a scope that are written freely and that anybody who sees the spend may know. */
export const NAMED_DIMENSIONS = [
  "cost_center",
  "project",
  "agent",
  "workflow",
  "model",
  "provider",
] as const;
export type NamedDimension = (typeof NAMED_DIMENSIONS)[number];

export type ScopeNames = { readonly [D in NamedDimension]: readonly string[] };

const MOST = 2_000;

/** Names under which calls of the viewer's teams are filed, to choose a budget's scope from. */
export async function scopeNames(sql: SqlClient, viewer: Viewer): Promise<ScopeNames> {
  const rows = await readOnly(
    sql,
    (tx) => tx<{ dimension: NamedDimension; name: string }[]>`
      select distinct v.dimension, v.name
        from dimension_set d
       cross join lateral (values
               ('cost_center', d.cost_center), ('project', d.project), ('agent', d.agent),
               ('workflow', d.workflow), ('model', d.model), ('provider', d.provider)
             ) as v (dimension, name)
       where v.name is not null ${withinTeams(sql, viewer, sql`d.team`)}
       order by 1, 2 limit ${MOST}`,
  );
  const named = Map.groupBy(rows, ({ dimension }) => dimension);
  const names = NAMED_DIMENSIONS.map((dimension) => [
    dimension,
    (named.get(dimension) ?? []).map(({ name }) => name),
  ]);
  return Object.fromEntries(names) as ScopeNames;
}
