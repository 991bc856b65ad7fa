import { bigint, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/**
 * One row for each run of a background job. A row without `finished_at` is a run
 * that goes on, or one whose worker was killed.
 */
export const jobRun = pgTable(
  "job_run",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    job: text("job").notNull(),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
    /** What the run did, in counts. */
    result: jsonb("result"),
    /** The message of the failure; null when there was none. */
    error: text("error"),
  },
  // The newest run of each job, which decides when the next is due.
  (t) => [index("job_run_job_started_at_idx").on(t.job, t.startedAt)],
);
