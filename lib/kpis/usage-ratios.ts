import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { type Kpis, ratio } from "./kpi.ts";

type Period = { readonly from: Date; readonly to: Date };

export type UsageRatios = Pick<Kpis, "pricing_coverage" | "cost_per_developer_day">;

/**
 * - `pricing_coverage`: model calls with a price ÷ all model calls.
 * - `cost_per_developer_day`: effective cost of usage with a person's name ÷
 *   days on which a person made calls, summed over persons. One day of one
 *   person counts once.
 *
 * @param periods One after the other, without a gap.
 */
export function usageRatios(
  sql: SqlClient,
  periods: readonly Period[],
): Promise<readonly UsageRatios[]> {
  return readOnly(sql, async (tx) => {
    const starts = periods.map(({ from }) => from.toISOString());
    const number = tx`width_bucket(day, ${starts}::timestamptz[])`;
    const within = tx`day >= ${periods[0]?.from ?? null} and day < ${periods.at(-1)?.to ?? null}`;
    const calls = await tx<{ number: number; calls: bigint; unpriced: bigint }[]>`
      select ${number} as number, sum(model_calls)::bigint as calls,
             sum(unpriced_calls)::bigint as unpriced
        from usage_day_team where kind = 'model_call' and ${within} group by 1`;
    // Costs are added up apart from the days: with an amount for each person's day it took twice as long.
    const people = await tx<{ number: number; cost: string; days: bigint }[]>`
      with named as (
        select ${number} as number, sum(cost) as cost
          from usage_day_person where user_id <> '' and ${within} group by 1
      ), active as (
        select ${number} as number, count(*) as days
          from (select distinct day, user_id
                  from usage_day_person
                 where user_id <> '' and model_calls > 0 and ${within}) each
         group by 1
      )
      select named.number, cost, days::bigint as days
        from named join active on active.number = named.number`;
    const callsOf = new Map(calls.map((row) => [row.number, row]));
    const peopleOf = new Map(people.map((row) => [row.number, row]));
    return periods.map((_, i) => {
      const { calls: all = 0n, unpriced = 0n } = callsOf.get(i + 1) ?? {};
      const { cost = "0", days = 0n } = peopleOf.get(i + 1) ?? {};
      return {
        pricing_coverage: ratio(all - unpriced, all),
        cost_per_developer_day: ratio(parseUsd(cost), days),
      };
    });
  });
}
