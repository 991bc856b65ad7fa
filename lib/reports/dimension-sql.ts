import type { Fragment, Helper } from "postgres";
import type { TeamScope } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { Dimension, UsageQuery } from "./usage-query.ts";

/**
 * Where each dimension is found, given `u` (a source with `user_id` and
 * `session_id`, '' where unknown) and `d` (its dimension set). The only way
 * from a dimension's name into SQL.
 */
const COLUMNS: { readonly [D in Dimension]: (sql: SqlClient) => Fragment } = {
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
  user: (sql) => sql`nullif(u.user_id, '')`,
  session: (sql) => sql`nullif(u.session_id, '')`,
  dialect: (sql) => sql`d.dialect`,
  status: (sql) => sql`d.status`,
  cost_center: (sql) => sql`d.cost_center`,
};

export function dimensionColumn(sql: SqlClient, dimension: Dimension): Fragment {
  return COLUMNS[dimension](sql);
}

/** The conditions of a viewer's scope and a query's filters, each after an `and`. */
export function scopeAndFilters(
  sql: SqlClient,
  scope: TeamScope,
  filters: UsageQuery["filters"],
): Fragment {
  const parts: Fragment[] = [];
  if (scope !== "all") parts.push(sql`and d.team = any(${[...scope]}::text[])`);
  for (const [dimension, values] of filterEntries(filters)) {
    parts.push(sql`and ${matches(sql, COLUMNS[dimension](sql), values)}`);
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
