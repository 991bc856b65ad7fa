import { setTimeout as sleep } from "node:timers/promises";
import type { SqlClient } from "#lib/db/client.ts";
import { workOnRun } from "#lib/history-runs/work-on-run.ts";
import type { Log } from "#lib/log.ts";
import { HISTORY_WORKS } from "./history-works.ts";

const REST_MS = 1_000;
/** Between two steps, so that collectors that waited for the ledger get it first. */
const BREATH_MS = 5;
const AFTER_FAILURE_MS = 10_000;

/**
 * Works on what somebody asked to be changed in history, beside the jobs, which
 * must not wait for it. Any number of workers may do so at once.
 *
 * @returns a function that stops it, once the step under way has ended.
 */
export function startHistoryRunner(
  sql: SqlClient,
  log: Log,
  clock: () => Date,
): () => Promise<void> {
  const stop = new AbortController();
  const ended = work(sql, log, clock, stop.signal);
  return async () => {
    stop.abort();
    await ended;
  };
}

async function work(
  sql: SqlClient,
  log: Log,
  clock: () => Date,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let restMs = REST_MS;
    try {
      if (await workOnRun(sql, HISTORY_WORKS, clock)) restMs = BREATH_MS;
    } catch (error) {
      log.warn("a change of history is tried again", { error: error as Error });
      restMs = AFTER_FAILURE_MS;
    }
    await sleep(restMs, undefined, { signal }).catch(() => {});
  }
}
