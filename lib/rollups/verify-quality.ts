import type { Tx } from "#lib/db/client.ts";
import type { Drift } from "./verify.ts";

/** Compares the rollup of rows to know about (`quality_day`) with the ledger, whole. */
export async function verifyQuality(tx: Tx, timeZone: string): Promise<Drift[]> {
  const rows = await tx<
    { key: Record<string, string>; rollup: string | null; ledger: string | null }[]
  >`
    with ledger as (
      select date_trunc('day', u.started_at, ${timeZone}::text) as day,
             mark.sort, mark.name, d.team, d.dialect, count(*) as rows
        from usage_event u
        join dimension_set d on d.id = u.dimension_set_id
       cross join lateral (
             select 'not_counted' as sort, u.not_counted_because as name
              where u.not_counted_because is not null
             union all
             select 'flag', flag from unnest(u.flags) flag where u.counted or flag = 'clock_skew'
             union all
             select 'unallocated', coalesce(u.key_id, '')
              where u.counted and d.kind <> 'agent_run' and d.team = 'unallocated'
       ) as mark
       group by 1, 2, 3, 4, 5
    )
    select jsonb_build_object('day', day::text, 'sort', sort, 'name', name, 'team', team, 'dialect', dialect) as key,
           q.rows::text as rollup, l.rows::text as ledger
      from quality_day q full join ledger l using (day, sort, name, team, dialect)
     where coalesce(q.rows, 0) <> coalesce(l.rows, 0)
     limit 100`;
  return rows.map(({ key, rollup, ledger }) => ({
    table: "quality_day",
    key,
    measure: "rows",
    rollup: rollup ?? "0",
    ledger: ledger ?? "0",
  }));
}
