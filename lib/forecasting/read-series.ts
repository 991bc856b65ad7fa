import type { SqlClient } from "#lib/db/client.ts";
import type { History } from "#lib/forecast/forecast-series.ts";
import { type ForecastScope, scopeText } from "./scope.ts";
import { brokenDays, type SeriesCalendar } from "./series-calendar.ts";

/** Daily effective cost in dollars, as statistics take it. */
export type Series = {
  readonly scope: ForecastScope;
  /** Complete days from the first with spend to yesterday; null where it is unknown. */
  readonly history: History;
  /** What the running day has spent by now. */
  readonly today: number;
};

type Row = {
  readonly sort: number;
  readonly team: string | null;
  readonly model: string | null;
  readonly agent: string | null;
  readonly days: string;
  readonly costs: string;
};

/** Series that spent nothing for eight weeks are gone, and not forecast any more. */
const GONE_DAYS = 56;
const BATCH = 500;

/**
 * The series of the organisation, of every team, model and agent, and of every
 * model of a team, in one pass over the day rollups. Those without spend for
 * eight weeks are left out.
 */
export async function readAllSeries(sql: SqlClient, calendar: SeriesCalendar): Promise<Series[]> {
  const { starts, tomorrow } = calendar;
  const [from = 0, since = 0] = [starts[0], starts.at(-1 - GONE_DAYS) ?? starts[0]];
  const found: (Omit<Series, "history"> & { readonly values: Float64Array })[] = [];
  const placeOf = new Map(starts.map((start, place) => [start, place]));
  let hasUsage: boolean[] = starts.map(() => false);
  const query = sql<Row[]>`
    with spent as materialized (
      select r.day, d.team, d.model, d.agent, sum(r.cost) as cost
        from usage_day r join dimension_set d on d.id = r.dimension_set_id
       where r.day >= ${new Date(from)} and r.day < ${new Date(tomorrow)}
       group by 1, 2, 3, 4
    ), daily as (
      select grouping(team, model, agent) as sort, team, model, agent, day,
             sum(cost)::float8 as cost
        from spent
       group by grouping sets ((day), (day, team), (day, model), (day, agent), (day, team, model))
    )
    select sort, team, model, agent,
           string_agg((extract(epoch from day) * 1000)::int8::text, ',' order by day) as days,
           string_agg(cost::text, ',' order by day) as costs
      from daily
     group by sort, team, model, agent
    having max(day) filter (where cost <> 0) >= ${new Date(since)} or sort = 7`;
  await query.cursor(BATCH, (rows) => {
    for (const row of rows) {
      const scope = scopeOf(row);
      const values = valuesOf(row, placeOf, starts.length);
      if (row.sort === 7) hasUsage = daysOf(row, placeOf, starts.length);
      if (scope !== null) found.push({ scope, values, today: values.at(-1) ?? 0 });
    }
  });
  const broken = brokenDays(hasUsage.slice(0, -1));
  return found
    .map(({ scope, today, values }) => ({ scope, today, history: historyOf(values, broken) }))
    .sort((a, b) => (scopeText(a.scope) < scopeText(b.scope) ? -1 : 1));
}

/** What `grouping(team, model, agent)` says: a bit for each that is not grouped by. */
function scopeOf({ sort, team, model, agent }: Row): ForecastScope | null {
  if (sort === 7) return { kind: "organization" };
  if (sort === 3 && team !== null) return { kind: "team", team };
  if (sort === 5 && model !== null) return { kind: "model", model };
  if (sort === 6 && agent !== null) return { kind: "agent", agent };
  if (sort === 1 && team !== null && model !== null) return { kind: "team_model", team, model };
  return null;
}

function valuesOf({ days, costs }: Row, placeOf: ReadonlyMap<number, number>, length: number) {
  const values = new Float64Array(length);
  const amounts = costs.split(",");
  for (const [index, day] of days.split(",").entries()) {
    const place = placeOf.get(Number(day));
    // A day that is no day of the zone: the zone is being changed, and the rollups rebuilt.
    if (place !== undefined) values[place] = Number(amounts[index]);
  }
  return values;
}

function daysOf({ days }: Row, placeOf: ReadonlyMap<number, number>, length: number): boolean[] {
  const has = Array<boolean>(length).fill(false);
  for (const day of days.split(",")) {
    const place = placeOf.get(Number(day));
    if (place !== undefined) has[place] = true;
  }
  return has;
}

/** From the first day with spend; a series that began today has no complete day. */
export function historyOf(values: Float64Array, broken: readonly boolean[]): History {
  const complete = values.subarray(0, -1);
  const first = complete.findIndex((value) => value !== 0);
  if (first === -1) return [];
  return Array.from(complete.subarray(first), (value, index) =>
    broken[first + index] === true ? null : value,
  );
}
