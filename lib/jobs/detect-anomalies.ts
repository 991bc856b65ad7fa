import { detectNow, detectPastDays } from "#lib/anomaly-control/detect.ts";
import type { JobDeps, JobResult } from "./job.ts";

/** Looks at the last hours, every two minutes. */
export async function detectAnomalies({ sql, publicUrl }: JobDeps, now: Date): Promise<JobResult> {
  return { ...(await detectNow(sql, now.getTime(), publicUrl)) };
}

/** Looks at the last complete days, again and again, for usage arrives late. */
export async function detectDailyAnomalies(
  { sql, publicUrl }: JobDeps,
  now: Date,
): Promise<JobResult> {
  return { ...(await detectPastDays(sql, now.getTime(), publicUrl)) };
}
