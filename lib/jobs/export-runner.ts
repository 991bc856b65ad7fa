import type { Database } from "#lib/db/client.ts";
import { workOnExport } from "#lib/exports/jobs/work-on-export.ts";
import type { Log } from "#lib/log.ts";
import { startRunner } from "./runner.ts";

/**
 * Writes the files that somebody asked for, one at a time. Any number of
 * workers may do so at once.
 *
 * @returns a function that stops it; a file under way goes back to the queue.
 */
export function startExportRunner(
  store: Pick<Database, "sql" | "db">,
  log: Log,
  clock: () => Date,
): () => Promise<void> {
  const step = async (signal: AbortSignal) =>
    (await workOnExport(store, clock, signal)) ? 0 : undefined;
  const rest = { restMs: 1_000, afterFailureMs: 10_000 };
  return startRunner({ step, ...rest, failure: "an export is tried again" }, log);
}
