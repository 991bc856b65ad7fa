import { Partitions } from "#lib/ingest/partitions.ts";
import type { JobDeps, JobResult } from "./job.ts";

const DAY_MS = 86_400_000;
const DAYS_AHEAD = 7;

/** Makes the ledger's partitions of today and the next seven days, so that no collector has to at midnight. */
export async function makePartitions({ sql }: JobDeps, now: Date): Promise<JobResult> {
  const days = Array.from({ length: DAYS_AHEAD + 1 }, (_, day) => now.getTime() + day * DAY_MS);
  await new Partitions(sql).ensure(days);
  return { days: days.length };
}
