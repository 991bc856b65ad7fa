import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { ControlTotals } from "../control.ts";
import { ExportRequest } from "../export-request.ts";

export type ExportState = "queued" | "running" | "done" | "failed" | "cancelled" | "expired";

/** A file that was asked for, and how far it is. */
export type ExportJob = {
  readonly id: string;
  readonly request: ExportRequest;
  readonly askedBy: { readonly kind: Viewer["kind"]; readonly id: string; readonly label: string };
  readonly askedAt: Date;
  readonly state: ExportState;
  readonly attempt: number;
  readonly rowsDone: number;
  readonly rowsTotal: number | null;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly teams: Viewer["teams"] | null;
  readonly mediaType: string | null;
  readonly control: ControlTotals | null;
  readonly error: string | null;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The viewer's own files, the latest first. */
export async function listExportJobs(
  sql: SqlClient,
  { kind, id }: Pick<Viewer, "kind" | "id">,
  limit: number,
): Promise<readonly ExportJob[]> {
  const rows = await sql<ExportJobRow[]>`
    select ${jobColumns(sql)} from export_job
     where asked_by_kind = ${kind} and asked_by_id = ${id}
     order by asked_at desc limit ${limit}`;
  return rows.map(toExportJob);
}

/** @throws {AppError} "not_found" for what is not there, and for what others asked for. */
export async function readExportJob(
  sql: SqlClient | Tx,
  { kind, id: viewerId }: Pick<Viewer, "kind" | "id">,
  id: string,
): Promise<ExportJob> {
  const [row] = UUID.test(id)
    ? await sql<ExportJobRow[]>`
        select ${jobColumns(sql)} from export_job
         where id = ${id}::uuid and asked_by_kind = ${kind} and asked_by_id = ${viewerId}`
    : [];
  if (row === undefined) throw new AppError("There is no such export", { code: "not_found" });
  return toExportJob(row);
}

export function jobColumns(sql: SqlClient | Tx) {
  return sql`id, request, asked_by_kind, asked_by_id, asked_by_label, asked_at, state, attempt,
    rows_done::float8 as rows_done, rows_total::float8 as rows_total, finished_at, expires_at,
    teams, media_type, control, error`;
}

export type ExportJobRow = {
  readonly id: string;
  readonly request: unknown;
  readonly asked_by_kind: Viewer["kind"];
  readonly asked_by_id: string;
  readonly asked_by_label: string;
  readonly asked_at: Date;
  readonly state: ExportState;
  readonly attempt: number;
  readonly rows_done: number;
  readonly rows_total: number | null;
  readonly finished_at: Date | null;
  readonly expires_at: Date | null;
  readonly teams: Viewer["teams"] | null;
  readonly media_type: string | null;
  readonly control: unknown;
  readonly error: string | null;
};

export function toExportJob(row: ExportJobRow): ExportJob {
  return {
    id: row.id,
    request: ExportRequest.parse(row.request),
    askedBy: { kind: row.asked_by_kind, id: row.asked_by_id, label: row.asked_by_label },
    askedAt: row.asked_at,
    state: row.state,
    attempt: row.attempt,
    rowsDone: row.rows_done,
    rowsTotal: row.rows_total,
    finishedAt: row.finished_at,
    expiresAt: row.expires_at,
    teams: row.teams,
    mediaType: row.media_type,
    control: row.control === null ? null : ControlTotals.parse(row.control),
    error: row.error,
  };
}
