import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { dayStart } from "#lib/time/zone.ts";
import { withinTeams } from "./dimension-sql.ts";
import { namedRows } from "./named-rows.ts";
import { organizationZone } from "./read-only.ts";

export type Example = {
  readonly id: string;
  readonly startedAt: Date;
  readonly twinOf: string | null;
};

/** How many rows of the ledger share something to know about, with the latest of them for each dialect and team. */
export type Defect = {
  readonly name: string;
  readonly count: number;
  readonly examples: readonly Example[];
};

/** What only single rows tell. */
export type LedgerDefects = {
  /** By the reason why a row does not count. */
  readonly notCounted: readonly Defect[];
  /** Rows whose clock was so far off that the time of receipt stands in for it. */
  readonly clockSkew: Defect;
  /** By flag, of rows that count; see `UsageFlag`. */
  readonly flags: readonly Defect[];
  /** Rows that count and that no rule gives to a team, by key ("" where none is known). */
  readonly unallocatedKeys: readonly Defect[];
};

const MOST_ITEMS = 50;
const MOST_EXAMPLES = 3;

/** Reads the rollup of such rows; days that touch the period count whole. */
export async function ledgerDefects(
  sql: SqlClient,
  scope: ReadScope,
  { from, to }: { readonly from?: Date; readonly to?: Date },
): Promise<LedgerDefects> {
  const firstDay = from && new Date(dayStart(from.getTime(), await organizationZone(sql)));
  const found = await sql<DefectRow[]>`
    select sort, name, sum(rows)::int8 as count,
           (array_agg(example_id::text order by day desc) filter (where rows > 0))[1:${MOST_EXAMPLES}] as ids
      from quality_day
     where true
       ${firstDay === undefined ? sql`` : sql`and day >= ${firstDay}`}
       ${to === undefined ? sql`` : sql`and day < ${to}`}
       ${withinTeams(sql, scope, sql`team`)}
     group by sort, name
    having sum(rows) > 0
     order by count desc, sort, name`;
  const examples = await examplesOf(
    sql,
    found.flatMap(({ ids }) => ids),
  );
  const ofSort = (sort: string): Defect[] =>
    found
      .filter((row) => row.sort === sort)
      .slice(0, MOST_ITEMS)
      .map(({ name, count, ids }) => ({
        name,
        count: Number(count),
        examples: ids.flatMap((id) => examples.get(id) ?? []),
      }));
  const flags = ofSort("flag");
  return {
    notCounted: ofSort("not_counted"),
    clockSkew: flags.find(({ name }) => name === CLOCK_SKEW) ?? NO_SKEW,
    flags: flags.filter(({ name }) => name !== CLOCK_SKEW),
    unallocatedKeys: ofSort("unallocated"),
  };
}

const CLOCK_SKEW = "clock_skew";
const NO_SKEW: Defect = { name: CLOCK_SKEW, count: 0, examples: [] };

type DefectRow = {
  readonly sort: string;
  readonly name: string;
  readonly count: bigint;
  readonly ids: readonly string[];
};

async function examplesOf(
  sql: SqlClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Example>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; started_at: Date; twin_of: string | null }[]>`
    select u.id, u.started_at, u.twin_of from ${namedRows(sql, ids)}`;
  return new Map(
    rows.map(({ id, started_at, twin_of }) => [id, { id, startedAt: started_at, twinOf: twin_of }]),
  );
}
