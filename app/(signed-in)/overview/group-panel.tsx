import type { PageQuery } from "#app/_query/page-query.ts";
import type { TeamScope } from "#lib/access/viewer.ts";
import type { Dimension } from "#lib/reports/usage-query.ts";
import { GroupTable, ROWS_SHOWN } from "./group-table.tsx";
import { readGroups } from "./read-overview.ts";

const MOST_ROWS = 1_000;

/** Reads and shows one table; `all` names the dimension whose table is opened to its full length. */
export async function GroupPanel({
  scope,
  query,
  dimension,
  all,
}: {
  readonly scope: TeamScope;
  readonly query: PageQuery;
  readonly dimension: Dimension;
  readonly all: string | undefined;
}) {
  const expanded = all === dimension;
  // One row more than is shown tells whether there are more.
  const limit = expanded ? MOST_ROWS : ROWS_SHOWN + 1;
  const result = await readGroups(scope, query, dimension, limit);
  return <GroupTable dimension={dimension} result={result} query={query} expanded={expanded} />;
}
