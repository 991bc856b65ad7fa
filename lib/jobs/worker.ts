import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "#lib/log.ts";
import type { Job, JobDeps } from "./job.ts";
import { runDue } from "./run-due.ts";

export type WorkerOptions = {
  readonly deps: Omit<JobDeps, "signal">;
  readonly jobs: readonly Job[];
  readonly log: Log;
  /** How long to rest between two looks at what is due. */
  readonly restMs: number;
  readonly clock: () => Date;
};

/**
 * Looks for due jobs again and again. While the database is away it says so
 * once and keeps trying.
 *
 * @returns a function that stops it, once the job under way has ended.
 */
export function startWorker(options: WorkerOptions): () => Promise<void> {
  const stop = new AbortController();
  const ended = work(options, stop.signal);
  return async () => {
    stop.abort();
    await ended;
  };
}

async function work(options: WorkerOptions, signal: AbortSignal): Promise<void> {
  const { jobs, log, restMs, clock } = options;
  let isAway = false;
  while (!signal.aborted) {
    try {
      await runDue({ ...options.deps, signal }, jobs, clock, log);
      if (isAway) log.info("jobs run again");
      isAway = false;
    } catch (error) {
      if (!isAway) log.warn("cannot run jobs", { error: error as Error });
      isAway = true;
    }
    await sleep(restMs, undefined, { signal }).catch(() => {});
  }
}
