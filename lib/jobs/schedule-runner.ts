import { LINK_DAYS } from "#lib/export-schedules/file-link.ts";
import { planRuns } from "#lib/export-schedules/plan-runs.ts";
import { deleteOldFiles } from "#lib/export-schedules/run-file.ts";
import { type DeliveryDeps, workOnRun } from "#lib/export-schedules/work-on-run.ts";
import type { Log } from "#lib/log.ts";
import type { JobDeps, JobResult } from "./job.ts";
import { startRunner } from "./runner.ts";

const DAY_MS = 86_400_000;

/**
 * Makes and delivers scheduled exports. Any number of workers may do so at once.
 *
 * @returns a function that stops it, once the file under way has been given up.
 */
export function startScheduleRunner(
  deps: DeliveryDeps,
  log: Log,
  clock: () => Date,
): () => Promise<void> {
  const step = async (signal: AbortSignal) => {
    await planRuns(deps.database.sql, clock());
    return (await workOnRun(deps, clock, signal)) ? 0 : undefined;
  };
  const rest = { restMs: 2_000, afterFailureMs: 10_000 };
  return startRunner({ step, ...rest, failure: "scheduled exports are tried again" }, log);
}

/** Files whose links have ended. */
export async function deleteLinkedFiles({ sql }: JobDeps, now: Date): Promise<JobResult> {
  const before = new Date(now.getTime() - LINK_DAYS * DAY_MS);
  return { deleted: await deleteOldFiles(sql, before) };
}
