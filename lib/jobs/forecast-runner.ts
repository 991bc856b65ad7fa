import { setTimeout as sleep } from "node:timers/promises";
import type { SqlClient } from "#lib/db/client.ts";
import { refitIfDue } from "#lib/forecasting/refit-runs.ts";
import type { Log } from "#lib/log.ts";

const REST_MS = 5_000;
const AFTER_FAILURE_MS = 60_000;

/**
 * Refits the forecasts when they are due or asked for, beside the jobs, which
 * must not wait for it.
 *
 * @returns a function that stops it, once the series under way are kept.
 */
export function startForecastRunner(
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
      const done = await refitIfDue(sql, clock, signal);
      if (done !== null && done.series > 0) log.info("forecasts are fitted", { ...done });
    } catch (error) {
      log.warn("forecasts are fitted again later", { error: error as Error });
      restMs = AFTER_FAILURE_MS;
    }
    await sleep(restMs, undefined, { signal }).catch(() => {});
  }
}
