import { SYSTEM } from "#lib/audit/actor.ts";
import { bookLateChanges } from "#lib/close/book-late-changes.ts";
import type { JobDeps, JobResult } from "./job.ts";

/** Books what came to closed months late as adjustments of the next open month. */
export async function bookLateJob({ sql }: JobDeps, now: Date): Promise<JobResult> {
  return { booked: await bookLateChanges(sql, SYSTEM, now) };
}
