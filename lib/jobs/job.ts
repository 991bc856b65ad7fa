import type { SqlClient } from "#lib/db/client.ts";

/** What a job works with. */
export type JobDeps = {
  readonly sql: SqlClient;
  /** The address people use, for links. */
  readonly publicUrl: string;
  /** Aborted when the worker stops: a job ends early, between two steps. */
  readonly signal: AbortSignal;
};

/** What a run did, in counts; kept in its `job_run` row. */
export type JobResult = Readonly<Record<string, number>>;

/**
 * Work that is done again and again. Idempotent, and correct when two workers
 * do it at once: the lock that keeps them apart only spares work.
 */
export type Job = {
  /** Kept in `job_run`, so it does not change. */
  readonly name: string;
  readonly everyMs: number;
  readonly run: (deps: JobDeps, now: Date) => Promise<JobResult>;
};
