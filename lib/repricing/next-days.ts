import type { SqlClient } from "#lib/db/client.ts";
import { filterCondition } from "#lib/history-runs/history-filter.ts";
import { nextUnitStart } from "#lib/time/calendar.ts";
import type { Stretch } from "./moves.ts";
import type { RepricingSource } from "./next-stretch.ts";

/** How many hours and people a row of `usage_day` has at most, about; it has no more than calls. */
const MOST_FINER_ROWS = 30;

/**
 * The next whole days with calls that have a price, at least one; null when there
 * are none.
 *
 * @param rowsOfStep About how many rows of the finer rollups they may have.
 */
export async function nextDays(
  sql: SqlClient,
  { filter, timeZone }: Pick<RepricingSource, "filter" | "timeZone">,
  { fromMs, toMs }: Stretch,
  rowsOfStep: number,
): Promise<Stretch | null> {
  const workOf = sql`sum(least(greatest(r.model_calls, 1), ${MOST_FINER_ROWS}))`;
  const [days] = await sql<{ first: Date | null; last: Date | null }[]>`
    select min(day) as first, max(day) as last from (
      select r.day, sum(${workOf}) over (order by r.day) - ${workOf} as before
        from usage_day r join dimension_set d on d.id = r.dimension_set_id
       where r.day >= ${new Date(fromMs)} and r.day < ${new Date(toMs)}
         and d.kind = 'model_call' and r.rate_set_id <> 0 and ${filterCondition(sql, filter)}
       group by r.day) as sums
     where before < ${rowsOfStep}`;
  if (days?.first == null || days.last === null) return null;
  const last = nextUnitStart(days.last.getTime(), "day", timeZone);
  return { fromMs: days.first.getTime(), toMs: Math.min(last, toMs) };
}
