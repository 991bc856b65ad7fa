import type { Fragment, Helper } from "postgres";
import { personsOf, type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { Dimension, UsageQuery } from "./usage-query.ts";

/**
 * Where each dimension is found, given `u` (a source with `user_id` and
 * `session_id`, '' where unknown) and `d` (its dimension set). The only way
 * from a dimension's name into SQL.
 */
const COLUMNS: { readonly [D in Dimension]: (sql: SqlClient, scope: ReadScope) => Fragment } = {
  team: (sql) => sql`d.team`,
  project: (sql) => sql`d.project`,
  environment: (sql) => sql`d.environment`,
  service: (sql) => sql`d.service`,
  agent: (sql) => sql`d.agent`,
  workflow: (sql) => sql`d.workflow`,
  provider: (sql) => sql`d.provider`,
  model: (sql) => sql`d.model`,
  tier: (sql) => sql`d.tier`,
  kind: (sql) => sql`d.kind`,
  tool: (sql) => sql`d.tool`,
  user: (sql, scope) => personColumn(sql, scope, sql`u.user_id`, sql`d.team`),
  session: (sql) => sql`nullif(u.session_id, '')`,
  dialect: (sql) => sql`d.dialect`,
  status: (sql) => sql`d.status`,
  cost_center: (sql) => sql`d.cost_center`,
};

export function dimensionColumn(sql: SqlClient, scope: ReadScope, dimension: Dimension): Fragment {
  return COLUMNS[dimension](sql, scope);
}

/** The person of a row, null where unknown and where the viewer may not know. */
export function personColumn(
  sql: SqlClient,
  scope: ReadScope,
  user: Fragment,
  team: Fragment,
): Fragment {
  const persons = personsOf(scope);
  if (persons === "all") return sql`nullif(${user}, '')`;
  if (persons === "none") return sql`null::text`;
  return sql`case when ${team} = any(${[...persons.inTeams]}::text[]) then nullif(${user}, '') end`;
}

/** The condition, after an `and`, that a row belongs to a team that may be seen. */
export function withinTeams(sql: SqlClient, scope: ReadScope, team: Fragment): Fragment {
  const teams = teamsOf(scope);
  return teams === "all" ? sql`` : sql`and ${team} = any(${[...teams]}::text[])`;
}

/** The conditions of a viewer's scope and a query's filters, each after an `and`. */
export function scopeAndFilters(
  sql: SqlClient,
  scope: ReadScope,
  filters: UsageQuery["filters"],
): Fragment {
  const parts: Fragment[] = [withinTeams(sql, scope, sql`d.team`)];
  for (const [dimension, values] of filterEntries(filters)) {
    parts.push(sql`and ${matches(sql, COLUMNS[dimension](sql, scope), values)}`);
  }
  return joined(sql, parts, sql``);
}

/** One fragment after another, for lists whose length is known at run time only. */
export function joined(sql: SqlClient, parts: readonly Fragment[], separator: Fragment): Fragment {
  return parts.reduce<Fragment>(
    (all, part, index) => (index === 0 ? part : sql`${all} ${separator} ${part}`),
    sql``,
  );
}

export function filterEntries(
  filters: UsageQuery["filters"],
): [Dimension, readonly (string | null)[]][] {
  return (Object.keys(COLUMNS) as Dimension[]).flatMap((dimension) => {
    const values = filters[dimension];
    return values === undefined ? [] : [[dimension, values]];
  });
}

function matches(sql: SqlClient, column: Fragment, values: readonly (string | null)[]): Fragment {
  const known = values.filter((value) => value !== null);
  const anyKnown = sql`${column} = any(${known}::text[])`;
  if (known.length === values.length) return anyKnown;
  return sql`(${anyKnown} or ${column} is null)`;
}

/** An output name that callers cannot choose: `g0`, `g1`, … */
export function groupName(sql: SqlClient, index: number): Helper<string> {
  return sql(`g${index}`);
}
