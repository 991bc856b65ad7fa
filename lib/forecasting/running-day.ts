import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { StoredForecast } from "./forecast-store.ts";
import { daysBetween, type SeriesCalendar } from "./series-calendar.ts";

/**
 * What the running day of all teams comes to: of each its spend so far, or what
 * was forecast of it where that is more. So months of teams add up to the
 * organisation's, also while one team has passed its day's forecast.
 *
 * @param stored The organisation's forecast that the teams' were made with.
 */
export async function runningDayOfTeams(
  sql: SqlClient,
  { starts, today, tomorrow }: SeriesCalendar,
  stored: Pick<StoredForecast, "day">,
): Promise<Usd> {
  const place = daysBetween(stored.day, today) + 1;
  const [row] = await sql<{ amount: string }[]>`
    with spent as (
      select 'team:' || d.team as scope, sum(r.cost) as cost
        from usage_day r join dimension_set d on d.id = r.dimension_set_id
       where r.day >= ${new Date(starts.at(-1) ?? 0)} and r.day < ${new Date(tomorrow)}
       group by d.team
    ), foreseen as (
      select scope, point[${place}::int]::numeric / 1000000 as cost from forecast
       where day = ${stored.day}::text::date
         and scope like 'team:%' and scope not like 'team:%/model:%')
    select coalesce(sum(greatest(coalesce(spent.cost, 0), coalesce(foreseen.cost, 0))), 0)
             ::numeric(38, 18) as amount
      from spent full join foreseen using (scope)`;
  return parseUsd(row?.amount ?? "0");
}
