import type { SqlClient, Tx } from "#lib/db/client.ts";
import { lockLedger } from "#lib/ingest/writer-lock.ts";
import { IS_RESTATED, settleRestated } from "#lib/ledger/restated-rows.ts";

/** About how many rows are written at a time: collectors wait that long. */
const ROWS_OF_STEP = 10_000;

/**
 * Writes the next rows of the ledger that a run has restated by sums, and keeps
 * their former filings. No figure changes by it, so closed months do not mind.
 *
 * @returns Whether there were any.
 */
export async function writeRestated(
  sql: SqlClient,
  rowsOfStep: number = ROWS_OF_STEP,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [found] = await tx<{ from: Date | null }[]>`
      select min(from_at) as from from restated_price`;
    if (found?.from == null) return false;
    await lockLedger(tx);
    const [stretch] = await tx<Stretch[]>`
      with first as (select min(from_at) as from_at, max(to_at) as last_at from restated_price),
           reach as (select from_at, least(from_at + interval '1 day', last_at) as to_at from first)
      select reach.from_at::text as from, coalesce(
               (select greatest(u.started_at, reach.from_at + interval '1 microsecond')
                  from priced_event u
                 where u.restated_by is not null
                   and u.started_at >= reach.from_at and u.started_at < reach.to_at
                 order by u.started_at offset ${rowsOfStep} limit 1), reach.to_at)::text as to
        from reach`;
    if (stretch?.from == null) return true;
    await writeRows(tx, stretch);
    await tx`update restated_price set from_at = ${stretch.to}::text::timestamptz
              where from_at < ${stretch.to}::text::timestamptz
                and to_at > ${stretch.to}::text::timestamptz`;
    await tx`delete from restated_price where to_at <= ${stretch.to}::text::timestamptz`;
    return true;
  });
}

/** As text: the database knows microseconds. */
type Stretch = { readonly from: string | null; readonly to: string };

async function writeRows(tx: Tx, { from, to }: Stretch): Promise<void> {
  const within = tx`v.started_at >= ${from}::text::timestamptz
                and v.started_at < ${to}::text::timestamptz`;
  await settleRestated(tx, within);
  await tx`
    update usage_event u
       set rate_set_id = v.rate_set_id, cost = v.cost, list_cost = v.list_cost,
           cost_status = v.cost_status
      from priced_event v
     where v.started_at = u.started_at and v.id = u.id
       and ${tx.unsafe(IS_RESTATED)} and ${within}
       and u.started_at >= ${from}::text::timestamptz and u.started_at < ${to}::text::timestamptz`;
}
