import { setTimeout as sleep } from "node:timers/promises";
import type { SqlClient } from "#lib/db/client.ts";
import type { Log } from "#lib/log.ts";
import { changeZone } from "#lib/organization/change-zone.ts";

const REST_MS = 2_000;
const AFTER_FAILURE_MS = 10_000;

/**
 * Carries out changes of the organisation's zone, beside the jobs, which must
 * not wait for it. Any number of workers may do so at once.
 *
 * @returns a function that stops it, once the change under way has ended.
 */
export function startZoneRunner(sql: SqlClient, log: Log, clock: () => Date): () => Promise<void> {
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
      await changeZone(sql, clock);
    } catch (error) {
      log.warn("a change of the time zone is tried again", { error: error as Error });
      restMs = AFTER_FAILURE_MS;
    }
    await sleep(restMs, undefined, { signal }).catch(() => {});
  }
}
