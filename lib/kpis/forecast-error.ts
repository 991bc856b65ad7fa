import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { civilDayAt, dayText, parseDay, startOfDay } from "#lib/time/civil-day.ts";
import { type Ratio, ratio } from "./kpi.ts";

/** The days that a month's first forecast is judged by, both included; as 2026-11-22. */
export type JudgedDays = { readonly first: string; readonly last: string };

/** Forecasts are stored in millionths of a dollar. */
const MILLIONTH = 10n ** 12n;

/**
 * |forecast − actual| ÷ actual, of the organisation's spend: what the month's
 * first forecast said of the days from then on that are over, against them.
 */
export async function forecastError(
  sql: SqlClient,
  { from, to }: { readonly from: Date; readonly to: Date },
  timeZone: string,
  now: number,
): Promise<{ readonly error: Ratio | null; readonly days: JudgedDays } | null> {
  const first = dayText(civilDayAt(from.getTime(), timeZone));
  const over = Math.min(civilDayAt(now, timeZone), civilDayAt(to.getTime(), timeZone));
  const [row] = await sql<{ day: string; expected: bigint | null }[]>`
    with first as (
      select day, point from forecast
       where scope = 'organization' and maturity <> 'none'
         and day >= ${first}::date and day < ${dayText(over)}::date
       order by day limit 1
    )
    select first.day::text as day, sum(ahead.millionths)::bigint as expected
      from first, unnest(first.point) with ordinality as ahead (millionths, number)
     where first.day + (ahead.number - 1)::int < ${dayText(over)}::date
     group by first.day`;
  if (row === undefined || row.expected === null) return null;
  const since = new Date(startOfDay(parseDay(row.day), timeZone));
  const [spent] = await sql<{ cost: string }[]>`
    select coalesce(sum(cost), 0) as cost from usage_day_team
     where day >= ${since} and day < ${new Date(startOfDay(over, timeZone))}`;
  const actual = parseUsd(spent?.cost ?? "0");
  const off = row.expected * MILLIONTH - actual;
  return {
    error: ratio(off < 0n ? -off : off, actual),
    days: { first: row.day, last: dayText(over - 1) },
  };
}
