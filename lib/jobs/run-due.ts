import type { Log } from "#lib/log.ts";
import type { Job, JobDeps, JobResult } from "./job.ts";

/** The class of this product's advisory locks on jobs. */
const JOB_LOCK = 7_302_028;

/** After a failure, unless the job's turn comes sooner. */
const RETRY_MS = 5 * 60_000;
const LONGEST_ERROR = 500;

type Run = {
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly error: string | null;
};

/**
 * Runs each job whose turn it is and that no other worker runs right now, one
 * after the other. A job that fails is logged and noted and keeps none of the
 * others from running.
 *
 * @throws what the database throws when it cannot be asked what is due.
 */
export async function runDue(
  deps: JobDeps,
  jobs: readonly Job[],
  clock: () => Date,
  log: Log,
): Promise<void> {
  for (const job of jobs) {
    if (deps.signal.aborted) return;
    if (isDue(job, await newestRun(deps, job), clock())) await runLocked(deps, job, clock, log);
  }
}

/**
 * A run without an end is that of a killed worker, or it still holds the lock;
 * a clock that was set back must not silence a job.
 */
export function isDue({ everyMs }: Pick<Job, "everyMs">, last: Run | null, now: Date): boolean {
  if (last === null || last.finished_at === null) return true;
  const sinceMs = Math.abs(now.getTime() - last.started_at.getTime());
  return sinceMs >= (last.error === null ? everyMs : Math.min(everyMs, RETRY_MS));
}

async function newestRun({ sql }: JobDeps, { name }: Job): Promise<Run | null> {
  const [run] = await sql<Run[]>`
    select started_at, finished_at, error from job_run
     where job = ${name} order by started_at desc limit 1`;
  return run ?? null;
}

/** The lock goes with its transaction, and so with the worker, however that ends. */
async function runLocked(deps: JobDeps, job: Job, clock: () => Date, log: Log): Promise<void> {
  await deps.sql.begin(async (tx) => {
    const [lock] = await tx<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(${JOB_LOCK}, hashtext(${job.name})) as taken`;
    if (lock?.taken !== true) return;
    // Another worker may have done it between our question and our lock.
    const now = clock();
    if (isDue(job, await newestRun(deps, job), now)) await runNoted(deps, job, now, clock, log);
  });
}

async function runNoted(
  deps: JobDeps,
  job: Job,
  now: Date,
  clock: () => Date,
  log: Log,
): Promise<void> {
  const { sql } = deps;
  const [row] = await sql<{ id: bigint }[]>`
    insert into job_run (job, started_at) values (${job.name}, ${now}) returning id`;
  let result: JobResult | null = null;
  let failure: string | null = null;
  try {
    result = await job.run(deps, now);
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    log.error("a job failed", { job: job.name, error: cause });
    failure = cause.message.slice(0, LONGEST_ERROR);
  }
  await sql`
    update job_run
       set finished_at = ${clock()}, result = ${result === null ? null : sql.json(result)},
           error = ${failure}
     where id = ${row?.id ?? null}`;
}
