import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { checkParameters, type ExportRequest } from "../export-request.ts";
import { type ExportJob, readExportJob } from "./export-job.ts";

const MOST_OPEN = 20;

/**
 * Asks the worker for a file.
 *
 * @throws {ParameterError} naming every mistake of the parameters.
 * @throws {AppError} "rate_limited" while too many of the viewer's are under way.
 */
export async function askForExport(
  sql: SqlClient,
  viewer: Viewer,
  request: ExportRequest,
  now: Date,
): Promise<ExportJob> {
  checkParameters(request);
  const id = crypto.randomUUID();
  return inTransaction(sql, async (tx) => {
    const [open] = await tx<{ count: number }[]>`
      select count(*)::int as count from export_job
       where asked_by_kind = ${viewer.kind} and asked_by_id = ${viewer.id}
         and state in ('queued', 'running')`;
    if ((open?.count ?? 0) >= MOST_OPEN) {
      const message = "Too many of your exports are under way: wait for one, or cancel it";
      throw new AppError(message, { code: "rate_limited", retryAfterSeconds: 60 });
    }
    await tx`
      insert into export_job (id, request, asked_by_kind, asked_by_id, asked_by_label, asked_at)
      values (${id}, ${JSON.stringify(request)}::text::jsonb, ${viewer.kind}, ${viewer.id},
              ${viewer.label}, ${now})`;
    await audit(tx, viewer, "export.requested", id, request);
    return readExportJob(tx, viewer, id);
  });
}

/**
 * Stops an export, or takes its file away before it expires.
 *
 * @throws {AppError} "not_found"; "conflict" for one that has ended without a file.
 */
export async function cancelExport(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<ExportJob> {
  return inTransaction(sql, async (tx) => {
    const { request } = await readExportJob(tx, viewer, id);
    const [changed] = await tx`
      update export_job
         set state = case when state = 'done' then 'expired' else 'cancelled' end,
             finished_at = coalesce(finished_at, ${now}), leased_until = null
       where id = ${id}::uuid and state in ('queued', 'running', 'done') returning id`;
    if (changed === undefined) {
      throw new AppError("This export has ended already", { code: "conflict" });
    }
    await tx`delete from export_piece where job_id = ${id}::uuid`;
    await audit(tx, viewer, "export.cancelled", id, request);
    return readExportJob(tx, viewer, id);
  });
}

async function audit(
  tx: Tx,
  actor: Viewer,
  action: "export.requested" | "export.cancelled",
  id: string,
  request: ExportRequest,
): Promise<void> {
  await recordAudit(tx, { actor, action, target: { kind: "export", id }, after: { ...request } });
}

async function inTransaction<Result>(
  sql: SqlClient,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return (await sql.begin(work)) as Result;
}
