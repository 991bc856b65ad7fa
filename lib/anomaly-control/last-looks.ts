import type { SqlClient } from "#lib/db/client.ts";

/** When hours and days were last looked at, by whichever worker; null: not yet. */
export type LastLooks = { readonly hours: Date | null; readonly days: Date | null };

export async function lastLooks(sql: SqlClient): Promise<LastLooks> {
  const [row] = await sql<LastLooks[]>`
    select max(finished_at) filter (where job = 'detect-anomalies') as hours,
           max(finished_at) filter (where job = 'detect-daily-anomalies') as days
      from job_run
     where job in ('detect-anomalies', 'detect-daily-anomalies') and error is null`;
  return row ?? { hours: null, days: null };
}
