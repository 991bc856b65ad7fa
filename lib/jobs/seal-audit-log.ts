import { sealAudit } from "#lib/audit/verify-audit.ts";
import type { JobDeps, JobResult } from "./job.ts";

/** Chains what was written into the audit log since the last run. */
export async function sealAuditLog({ sql }: JobDeps): Promise<JobResult> {
  return { sealed: await sealAudit(sql) };
}
