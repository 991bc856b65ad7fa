import { SYSTEM } from "#lib/audit/actor.ts";
import { bookLateChanges, bookMarkedMonths } from "#lib/close/book-late-changes.ts";
import type { JobDeps, JobResult } from "./job.ts";

/** Books what came to closed months late as adjustments of the next open month. */
export async function bookLateJob({ sql }: JobDeps, now: Date): Promise<JobResult> {
  return { booked: await bookMarkedMonths(sql, now) };
}

/** The same of every closed month, whatever changed it. */
export async function lookAtClosedMonths({ sql }: JobDeps, now: Date): Promise<JobResult> {
  return { booked: await bookLateChanges(sql, SYSTEM, now) };
}
