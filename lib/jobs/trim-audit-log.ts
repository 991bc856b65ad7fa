import { trimAudit } from "#lib/audit/audit-retention.ts";
import type { JobDeps, JobResult } from "./job.ts";

/** Removes entries of the audit log that are older than the organisation keeps them. */
export async function trimAuditLog({ sql }: JobDeps): Promise<JobResult> {
  return { removed: await trimAudit(sql) };
}
