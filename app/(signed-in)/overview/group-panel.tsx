import type { PageQuery } from "#app/_query/page-query.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import type { Dimension, UsageRow } from "#lib/reports/usage-query.ts";
import { GroupTable, ROWS_SHOWN } from "./group-table.tsx";
import { readGroups } from "./read-overview.ts";

const MOST_ROWS = 1_000;

/** Reads and shows the dearest groups of one dimension. */
export async function GroupPanel({
  scope,
  query,
  dimension,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly dimension: Dimension;
}) {
  // One row more than is shown tells whether there are more. Tools mostly cost
  // nothing, so their busiest are found among all.
  const limit = dimension === "tool" ? MOST_ROWS : ROWS_SHOWN + 1;
  const asked = askedOf(query, dimension);
  const found = await readGroups(scope, asked, dimension, limit);
  const result = dimension === "tool" ? { ...found, rows: found.rows.toSorted(byUse) } : found;
  return <GroupTable dimension={dimension} result={result} query={query} asked={asked} />;
}

/** Tools are about tool calls, models about model calls; what the page says of kinds goes first. */
function askedOf(query: PageQuery, dimension: Dimension): PageQuery {
  const { filters } = query;
  const kind = dimension === "tool" ? "tool_call" : dimension === "model" ? "model_call" : null;
  if (kind === null || filters.kind !== undefined) return query;
  return { ...query, filters: { ...filters, kind: [kind] } };
}

/** Dearest first, then the most called. */
function byUse({ measures: a }: UsageRow, { measures: b }: UsageRow): number {
  if (a.cost !== b.cost) return a.cost < b.cost ? 1 : -1;
  return b.toolCalls - a.toolCalls;
}
