import type { SqlClient } from "#lib/db/client.ts";

const REMEMBERED_MS = 90 * 86_400_000;

/** Removes the files whose time is over; what was asked stays on the list for 90 days. */
export async function expireExports(sql: SqlClient, now: Date): Promise<number> {
  const expired = await sql`
    update export_job set state = 'expired' where state = 'done' and expires_at <= ${now}
    returning id`;
  await sql`
    delete from export_piece p using export_job j
     where j.id = p.job_id and j.state in ('expired', 'failed', 'cancelled')`;
  await sql`
    delete from export_job
     where asked_at < ${new Date(now.getTime() - REMEMBERED_MS)}
       and state in ('expired', 'failed', 'cancelled')`;
  return expired.length;
}
