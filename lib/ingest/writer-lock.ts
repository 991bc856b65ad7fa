import type { Tx } from "#lib/db/client.ts";

const WRITER_LOCK = 7_302_028;

/**
 * Lets one transaction at a time change the ledger and its rollups, in all
 * processes; held until the transaction ends. What a batch must look at before
 * it can count is only learned on the way (traces, calls in other traces,
 * sessions), so finer locks would have to be taken out of order and would
 * deadlock. A writer does all that it can before it asks for the lock.
 *
 * A writer looks up single rows only. Today's partition grows faster than its
 * statistics, by which the planner would read it whole; so it is told not to.
 */
export async function lockLedger(tx: Tx): Promise<void> {
  await tx`
    select set_config('enable_seqscan', 'off', true),
           pg_advisory_xact_lock(${WRITER_LOCK})`;
}
