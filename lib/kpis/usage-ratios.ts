import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { type Ratio, ratio } from "./kpi.ts";

type Period = { readonly from: Date; readonly to: Date };

/** Model calls with a price ÷ all model calls. */
export async function pricingCoverage(sql: SqlClient, { from, to }: Period): Promise<Ratio | null> {
  const [row] = await sql<{ calls: bigint; unpriced: bigint }[]>`
    select coalesce(sum(model_calls), 0)::bigint as calls,
           coalesce(sum(unpriced_calls), 0)::bigint as unpriced
      from usage_day_team
     where kind = 'model_call' and day >= ${from} and day < ${to}`;
  return row === undefined ? null : ratio(row.calls - row.unpriced, row.calls);
}

/**
 * Effective cost of usage with a person's name ÷ days on which a person made
 * calls, summed over persons. One day of one person counts once.
 */
export async function costPerDeveloperDay(
  sql: SqlClient,
  { from, to }: Period,
): Promise<Ratio | null> {
  const [row] = await sql<{ cost: string; days: bigint }[]>`
    with active as (
      select user_id, day, sum(cost) as cost, sum(model_calls) as calls
        from usage_day_person
       where user_id <> '' and day >= ${from} and day < ${to}
         and (model_calls <> 0 or cost <> 0)
       group by user_id, day
    )
    select coalesce(sum(cost), 0) as cost, count(*) filter (where calls > 0)::bigint as days
      from active`;
  return row === undefined ? null : ratio(parseUsd(row.cost), row.days);
}
