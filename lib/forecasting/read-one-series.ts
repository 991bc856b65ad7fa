import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { History } from "#lib/forecast/forecast-series.ts";
import { parseUsd, toDecimal, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { historyOf } from "./read-series.ts";
import type { ForecastScope } from "./scope.ts";
import { brokenDays, type SeriesCalendar } from "./series-calendar.ts";

/** One series with exact amounts, for showing. */
export type ExactSeries = {
  readonly history: History;
  /** Spend of each day of the calendar, the running one last; null where the feed was broken. */
  readonly spent: readonly (Usd | null)[];
  /** Calls without a price in the last 30 days: figures are lower bounds while there are any. */
  readonly unpricedCalls: number;
};

const RECENT_DAYS = 30;

/** Daily effective cost of one scope; not of a budget, whose days are its own. */
export async function readOneSeries(
  sql: SqlClient | Tx,
  scope: ForecastScope,
  { starts, tomorrow }: SeriesCalendar,
): Promise<ExactSeries> {
  const since = new Date(starts[0] ?? 0);
  const recent = starts.at(-RECENT_DAYS) ?? 0;
  const [rows, fed] = await Promise.all([
    sql<{ day: Date; cost: string; unpriced: bigint }[]>`
      select r.day, sum(r.cost) as cost, sum(r.unpriced_calls)::int8 as unpriced
        from usage_day r join dimension_set d on d.id = r.dimension_set_id
       where r.day >= ${since} and r.day < ${new Date(tomorrow)} and ${scopeCondition(sql, scope)}
       group by r.day`,
    sql<{ day: Date }[]>`
      select day from unnest(${starts.map((ms) => new Date(ms).toISOString())}::text[]::timestamptz[]) as s (day)
       where exists (select from usage_day r where r.day = s.day)`,
  ]);
  const byDay = new Map(rows.map(({ day, cost }) => [day.getTime(), parseUsd(cost)]));
  const fedDays = new Set(fed.map(({ day }) => day.getTime()));
  const broken = brokenDays(starts.slice(0, -1).map((day) => fedDays.has(day)));
  const values = Float64Array.from(starts, (day) => Number(toDecimal(byDay.get(day) ?? ZERO_USD)));
  let unpricedCalls = 0;
  for (const { day, unpriced } of rows) {
    if (day.getTime() >= recent) unpricedCalls += Number(unpriced);
  }
  return {
    history: historyOf(values, broken),
    spent: starts.map((day, place) =>
      broken[place] === true ? null : (byDay.get(day) ?? ZERO_USD),
    ),
    unpricedCalls,
  };
}

/** `d` as a part of the scope. */
export function scopeCondition(sql: SqlClient | Tx, scope: ForecastScope) {
  switch (scope.kind) {
    case "organization":
      return sql`true`;
    case "team":
      return sql`d.team = ${scope.team}`;
    case "model":
      return sql`d.model = ${scope.model}`;
    case "agent":
      return sql`d.agent = ${scope.agent}`;
    case "team_model":
      return sql`d.team = ${scope.team} and d.model = ${scope.model}`;
    case "budget":
      throw new Error("a budget's days are read with the budget");
  }
}
