import { z } from "zod";
import { ControlTotals } from "#lib/exports/control.ts";
import { ExportRequest } from "#lib/exports/export-request.ts";
import type { ExportJob } from "#lib/exports/jobs/export-job.ts";
import { Instant } from "./figures.ts";
import { iso } from "./iso.ts";

export const ExportJobBody = z.strictObject({
  id: z.uuid(),
  state: z.enum(["queued", "running", "done", "failed", "cancelled", "expired"]),
  request: ExportRequest,
  asked_at: Instant,
  rows_done: z.int(),
  rows_total: z.int().nullable().meta({ description: "Null until it is known" }),
  finished_at: Instant.nullable(),
  expires_at: Instant.nullable().meta({ description: "When the file is removed" }),
  file: z.string().nullable().meta({ description: "Where the file is, once it is whole" }),
  control: ControlTotals.nullable(),
  error: z.string().nullable(),
});
export const ExportJobsBody = z.strictObject({ exports: z.array(ExportJobBody) });

export function exportJobBody(job: ExportJob): z.input<typeof ExportJobBody> {
  const isThere = job.state === "done";
  return {
    ...{ id: job.id, state: job.state, request: job.request, asked_at: iso(job.askedAt) },
    ...{ rows_done: job.rowsDone, rows_total: job.rowsTotal },
    finished_at: job.finishedAt && iso(job.finishedAt),
    expires_at: job.expiresAt && iso(job.expiresAt),
    file: isThere ? `/api/v1/exports/${job.id}/file` : null,
    ...{ control: job.control, error: job.error },
  };
}
