import type { SqlClient } from "#lib/db/client.ts";
import { refitIfDue } from "#lib/forecasting/refit-runs.ts";
import type { Log } from "#lib/log.ts";
import { startRunner } from "./runner.ts";

/**
 * Refits the forecasts when they are due or asked for.
 *
 * @returns a function that stops it, once the series under way are kept.
 */
export function startForecastRunner(
  sql: SqlClient,
  log: Log,
  clock: () => Date,
): () => Promise<void> {
  const step = async (signal: AbortSignal) => {
    const done = await refitIfDue(sql, clock, signal);
    if (done !== null && done.series > 0) log.info("forecasts are fitted", { ...done });
    return undefined;
  };
  const rest = { restMs: 5_000, afterFailureMs: 60_000 };
  return startRunner({ step, ...rest, failure: "forecasts are fitted again later" }, log);
}
