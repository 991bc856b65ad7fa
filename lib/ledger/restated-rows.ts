import type { Fragment } from "postgres";
import type { Tx } from "#lib/db/client.ts";
import type { LedgerItem } from "./ledger-row.ts";

/**
 * The last step by which a pricing run has restated rows of the ledger; null
 * while all rows are written as they are priced. The ledger must be locked.
 */
export async function lastRestatingStep(tx: Tx): Promise<bigint | null> {
  const [row] = await tx<{ last_value: bigint }[]>`
    select last_value from restating_step where exists (select from restated_price)`;
  return row?.last_value ?? null;
}

/** Says of rows just written that they stand as they are: that step restated the rows before them. */
export async function markFiledAfter(
  tx: Tx,
  step: bigint | null,
  rows: readonly Pick<LedgerItem, "id" | "startedAtMs">[],
): Promise<void> {
  if (step === null || rows.length === 0) return;
  const starts = rows.map(({ startedAtMs }) => new Date(startedAtMs).toISOString());
  await tx`
    update usage_event u set filed_after_step = ${`${step}`}::int8
      from unnest(${rows.map(({ id }) => id)}::text[]::uuid[],
                  ${starts}::text[]::timestamptz[]) as n (id, started_at)
     where u.started_at = n.started_at and u.id = n.id`;
}

/** The ledger's rows that are priced otherwise than they are written, as SQL over `priced_event v`. */
export const IS_RESTATED = "v.restated_by is not null";

/**
 * Does for restated rows what is due before they are written: keeps how they
 * were filed before the run that restated them, and moves their sessions.
 *
 * @param rows A condition on them.
 */
export async function settleRestated(tx: Tx, rows: Fragment): Promise<void> {
  await keepFormerFilings(tx, rows);
  await settleSessions(tx, rows);
}

/** Gives sessions what restated rows cost more: until these are written, `priced_session` adds it. */
export async function settleSessions(tx: Tx, rows: Fragment): Promise<void> {
  await tx`
    with more as (
      select v.session_id, d.team, coalesce(v.user_id, '') as user_id,
             sum(v.cost - v.filed_cost) as cost, sum(v.list_cost - v.filed_list_cost) as list_cost
        from priced_event v join dimension_set d on d.id = v.dimension_set_id
       where ${tx.unsafe(IS_RESTATED)} and ${rows}
       group by 1, 2, 3
    )
    update session s set cost = s.cost + more.cost, list_cost = s.list_cost + more.list_cost
      from more
     where s.session_id = more.session_id and s.team = more.team and s.user_id = more.user_id`;
}

async function keepFormerFilings(tx: Tx, rows: Fragment): Promise<void> {
  await tx`
    insert into former_filing (run_id, pass, event_id, dimension_set_id, rate_set_id, cost,
                               list_cost, cost_status, rule_id)
    select v.restated_by, 0, v.id, v.dimension_set_id, v.filed_rate_set_id, v.filed_cost,
           v.filed_list_cost, v.filed_cost_status, v.rule_id
      from priced_event v where ${tx.unsafe(IS_RESTATED)} and ${rows}`;
}
