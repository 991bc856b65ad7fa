import type { SqlClient } from "#lib/db/client.ts";
import { workOnRun } from "#lib/history-runs/work-on-run.ts";
import type { Log } from "#lib/log.ts";
import { HISTORY_WORKS } from "./history-works.ts";
import { startRunner } from "./runner.ts";

/** Between two steps, so that collectors that waited for the ledger get it first. */
const BREATH_MS = 5;

/**
 * Works on what somebody asked to be changed in history. Any number of workers
 * may do so at once.
 *
 * @returns a function that stops it, once the step under way has ended.
 */
export function startHistoryRunner(
  sql: SqlClient,
  log: Log,
  clock: () => Date,
): () => Promise<void> {
  const step = async () => ((await workOnRun(sql, HISTORY_WORKS, clock)) ? BREATH_MS : undefined);
  const rest = { restMs: 1_000, afterFailureMs: 10_000 };
  return startRunner({ step, ...rest, failure: "a change of history is tried again" }, log);
}
