import type { Fragment } from "postgres";
import type { TeamScope } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { UNALLOCATED } from "./usage-query.ts";

export type Example = {
  readonly id: string;
  readonly startedAt: Date;
  readonly twinOf: string | null;
};

/** How many rows of the ledger share something to know about; examples: the latest, the earliest. */
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

/** Reads the rows of the period once. */
export async function ledgerDefects(
  sql: SqlClient,
  scope: TeamScope,
  period: { readonly from?: Date; readonly to?: Date },
): Promise<LedgerDefects> {
  const found = await sql<DefectRow[]>`
    select defect.sort, defect.name, count(*) as count,
           max(${witness(sql)}) as latest, min(${witness(sql)}) as earliest
    from usage_event u join dimension_set d on d.id = u.dimension_set_id
    cross join lateral (
      select 'not_counted' as sort, u.not_counted_because as name
      where u.not_counted_because is not null
      union all
      select 'flag', flag from unnest(u.flags) flag where u.counted or flag = ${CLOCK_SKEW}
      union all
      select 'key', coalesce(u.key_id, '')
      where u.counted and d.kind <> 'agent_run' and d.team = ${UNALLOCATED}
    ) defect
    where ${isAsked(sql, scope, period)}
    group by 1, 2
    order by count desc, 1, 2`;
  const defects = defectsOf(found);
  const ofSort = (sort: string) => (defects.get(sort) ?? []).slice(0, MOST_ITEMS).map(withoutSort);
  const flags = ofSort("flag");
  return {
    notCounted: ofSort("not_counted"),
    clockSkew: flags.find(({ name }) => name === CLOCK_SKEW) ?? NO_SKEW,
    flags: flags.filter(({ name }) => name !== CLOCK_SKEW),
    unallocatedKeys: ofSort("key"),
  };
}

const CLOCK_SKEW = "clock_skew";
const NO_SKEW: Defect = { name: CLOCK_SKEW, count: 0, examples: [] };

type Sorted = Defect & { readonly sort: string };
type Witness = [startedAt: string, id: string, twinOf: string];
type DefectRow = {
  readonly sort: string;
  readonly name: string;
  readonly count: bigint;
  readonly latest: Witness;
  readonly earliest: Witness;
};

/** Compared by time; the sessions run in UTC, so text sorts as time does. */
function witness(sql: SqlClient): Fragment {
  return sql`array[u.started_at::text collate "C", u.id::text, coalesce(u.twin_of::text, '')]`;
}

/** The three sorts of rows that have something to tell, so that the others are left at once. */
function isAsked(
  sql: SqlClient,
  scope: TeamScope,
  { from, to }: { readonly from?: Date; readonly to?: Date },
): Fragment {
  return sql`(not u.counted or u.flags <> '{}' or d.team = ${UNALLOCATED})
    ${from === undefined ? sql`` : sql`and u.started_at >= ${from}`}
    ${to === undefined ? sql`` : sql`and u.started_at < ${to}`}
    ${scope === "all" ? sql`` : sql`and d.team = any(${[...scope]}::text[])`}`;
}

function withoutSort({ name, count, examples }: Defect): Defect {
  return { name, count, examples };
}

function defectsOf(rows: readonly DefectRow[]): Map<string, Sorted[]> {
  return Map.groupBy(rows.map(toDefect), ({ sort }) => sort);
}

function toDefect({ sort, name, count, latest, earliest }: DefectRow): Sorted {
  const examples = latest[1] === earliest[1] ? [latest] : [latest, earliest];
  return {
    sort,
    name,
    count: Number(count),
    examples: examples.map(([startedAt, id, twinOf]) => ({
      id,
      startedAt: new Date(startedAt),
      twinOf: twinOf === "" ? null : twinOf,
    })),
  };
}
