import { PLAN_CHANNEL } from "#lib/access/keys.ts";
import type { Tx } from "#lib/db/client.ts";

/** Tells all processes, once the transaction has committed, that keys, teams, people or rules have changed. */
export async function notifyPlan(tx: Tx): Promise<void> {
  await tx`select pg_notify(${PLAN_CHANNEL}, '')`;
}
