import type { SqlClient } from "#lib/db/client.ts";
import type { SpendCell } from "./event-effects.ts";
import type { SeriesCalendar } from "./series-calendar.ts";

const RECENT_DAYS = 28;

/** What the last four weeks spent, by team, model and agent, in dollars as statistics take them. */
export async function readSpendCells(
  sql: SqlClient,
  { starts }: SeriesCalendar,
): Promise<SpendCell[]> {
  const from = new Date(starts.at(-1 - RECENT_DAYS) ?? starts[0] ?? 0);
  const rows = await sql<SpendCell[]>`
    select d.team, d.model, d.agent, sum(r.cost)::float8 as spent
      from usage_day r join dimension_set d on d.id = r.dimension_set_id
     where r.day >= ${from} group by 1, 2, 3`;
  return rows;
}
