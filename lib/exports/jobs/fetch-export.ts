import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { ControlTotals } from "../control.ts";
import { type ExportJob, readExportJob } from "./export-job.ts";

/** An export whose file is there. */
export type WholeExport = ExportJob & {
  readonly control: ControlTotals;
  readonly mediaType: string;
};

/**
 * The export with its control totals, for who asked and may still see all of it.
 *
 * @throws {AppError} "not_found" for others' and for what is gone, "conflict"
 *   while it is not written, "forbidden" when the viewer sees fewer teams now.
 */
export async function fetchExport(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<WholeExport> {
  const job = await readExportJob(sql, viewer, id);
  const { control, mediaType, state, expiresAt } = job;
  if (state === "queued" || state === "running") {
    throw new AppError("The file is not written yet", { code: "conflict" });
  }
  const isOver = expiresAt !== null && expiresAt <= now;
  if (state !== "done" || isOver || control === null || mediaType === null) {
    throw new AppError("There is no file of this export any more", { code: "not_found" });
  }
  if (!covers(viewer.teams, job.teams ?? "all")) {
    throw new AppError("You see fewer teams than this file is of: ask for it again", {
      code: "forbidden",
    });
  }
  return { ...job, control, mediaType };
}

function covers(seen: Viewer["teams"], needed: Viewer["teams"]): boolean {
  return seen === "all" || (needed !== "all" && needed.every((team) => seen.includes(team)));
}
