/**
 * The rows of `quality_day` as the ledger gives them, as SQL: what `marksOf`
 * (deltas.ts) says of single rows, in the words of the database. `$1` is the
 * organisation's time zone.
 */
export const QUALITY_SUMS = `
  select date_trunc('day', u.started_at, $1::text) as day, mark.sort, mark.name, d.team, d.dialect,
         count(*) as rows, (array_agg(u.id order by u.started_at desc, u.id desc))[1] as example_id
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
   group by 1, 2, 3, 4, 5`;
