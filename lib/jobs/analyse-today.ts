import { partitionName } from "#lib/ledger/partition-name.ts";
import type { JobDeps, JobResult } from "./job.ts";

/**
 * Refreshes the planner's figures of the partition that grows. Postgres does so
 * by itself only after a tenth of the table has changed, which a new day's
 * plans cannot wait for.
 */
export async function analyseToday({ sql }: JobDeps, now: Date): Promise<JobResult> {
  const name = partitionName(now.getTime());
  const [found] = await sql<{ name: string | null }[]>`select to_regclass(${name})::text as name`;
  if (found?.name == null) return { partitions: 0 };
  await sql`analyze ${sql(name)}`;
  return { partitions: 1 };
}
