import { hasCosts, negateCosts } from "#lib/cost-model/costs.ts";
import type { TeamLine } from "#lib/cost-model/team-lines.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { addMonths, dayText, monthOf, parseDay } from "#lib/time/civil-day.ts";
import type { AdjustmentReason } from "./adjustment-reason.ts";
import { type SubjectRow, subjectFromRow } from "./line-columns.ts";

/** A line of a team's cost that stands in the journal. */
export type AdjustmentLine = TeamLine & {
  readonly entry: {
    readonly reason: AdjustmentReason;
    readonly note: string;
    readonly reference: string;
    /** It puts right what a closed month was told as. */
    readonly isCorrection: boolean;
  };
};

type Row = SubjectRow & {
  readonly day: string;
  readonly is_carried: boolean;
  readonly reason: AdjustmentReason;
  readonly note: string;
  readonly reference: string;
  readonly is_correction: boolean;
};

/**
 * The adjustments of a period as lines of teams' costs, on the first day of
 * their month. What came late to a closed month is there twice: in the month
 * that it is booked in, and with the other sign in the month that it is about.
 * So a closed month stays what it was closed as, and no amount is told twice.
 */
export async function adjustmentLines(
  sql: SqlClient,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<AdjustmentLine[]> {
  // Months count from their first day; a period from within a month has none of it.
  const first = monthOf(from) === from ? from : addMonths(monthOf(from), 1);
  const rows = await sql<Row[]>`
    select to_char(d.day, 'YYYY-MM-DD') as day, d.is_carried, team, cost_center, kind, provider,
           model, charge_id, charge_name, pool_id, pool_name, list, contracted, effective, billed,
           reason, note, reference, source_month is not null as is_correction
      from adjustment
     cross join lateral (values (month, false), (source_month, true)) as d (day, is_carried)
     where d.day >= ${dayText(first)}::date and d.day < ${dayText(to)}::date
     order by d.day, created_at, id, d.is_carried`;
  return rows
    .map((row): AdjustmentLine => {
      const { reason, note, reference } = row;
      const { team, costCenter, chargeId, poolId, costs } = subjectFromRow(row);
      return {
        ...{ day: parseDay(row.day), team, costCenter, kind: "adjustment" as const },
        ...{ charge: chargeId, pool: poolId },
        entry: { reason, note, reference, isCorrection: row.is_correction },
        costs: row.is_carried ? negateCosts(costs) : costs,
      };
    })
    .filter(({ costs }) => hasCosts(costs));
}
