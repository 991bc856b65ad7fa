import type { SqlClient } from "#lib/db/client.ts";
import { lockLedger } from "#lib/ingest/writer-lock.ts";
import { rebuildRollups } from "#lib/rollups/rebuild.ts";
import { notifyPlan } from "./notify-plan.ts";

type Wanted = { readonly id: bigint; readonly time_zone: string };

/**
 * Carries out the newest change of zone that somebody asked for: one
 * transaction that builds the rollups anew and sets the zone, so that at every
 * moment both are of one zone. Collectors wait for it with what they have
 * received; pages go on to show the former zone. Killed, it is as if it had
 * not begun, and is done again.
 *
 * @returns Whether there was anything to do.
 */
export async function changeZone(sql: SqlClient, clock: () => Date): Promise<boolean> {
  const [wanted] = await sql<Wanted[]>`
    select id, time_zone from zone_change where finished_at is null
     order by requested_at desc, id desc limit 1`;
  if (wanted === undefined) return false;
  const { id, time_zone: timeZone } = wanted;
  await sql.begin(async (tx) => {
    await lockLedger(tx);
    // Another worker may have done it while this one waited for the lock.
    const [open] = await tx`select 1 from zone_change where id = ${id} and finished_at is null`;
    if (open === undefined) return;
    await sql`update zone_change set started_at = ${clock()}, days_done = 0 where id = ${id}`;
    await tx`update organization set time_zone = ${timeZone}`;
    await rebuildRollups(tx, timeZone, async (done, days) => {
      await sql`update zone_change set days_done = ${done}, days = ${days} where id = ${id}`;
    });
    await tx`update zone_change set finished_at = ${clock()} where id = ${id}`;
    await notifyPlan(tx);
  });
  return true;
}
