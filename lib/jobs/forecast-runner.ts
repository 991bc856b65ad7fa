import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { SqlClient } from "#lib/db/client.ts";
import { isRefitDue } from "#lib/forecasting/refit-runs.ts";
import type { Log } from "#lib/log.ts";
import { startRunner } from "./runner.ts";

const REFIT = fileURLToPath(new URL("./refit-main.ts", import.meta.url));
/** A batch of series takes less. */
const STOP_MS = 3_000;

/**
 * Refits the forecasts when they are due or asked for, in a process of its own:
 * it is in nobody's way, and gives back the memory that it took.
 *
 * @returns a function that stops it, once the series under way are kept.
 */
export function startForecastRunner(
  sql: SqlClient,
  log: Log,
  clock: () => Date,
): () => Promise<void> {
  const step = async (signal: AbortSignal) => {
    if (await isRefitDue(sql, clock())) await refit(signal);
    return undefined;
  };
  const rest = { restMs: 5_000, afterFailureMs: 60_000 };
  return startRunner({ step, ...rest, failure: "forecasts are fitted again later" }, log);
}

async function refit(signal: AbortSignal): Promise<void> {
  // A session of its own, that it may be last in line for a core. It ends when we are gone.
  const child = fork(REFIT, { detached: true });
  const stop = () => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), STOP_MS).unref();
  };
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const [code, killedBy] = await once(child, "exit");
  signal.removeEventListener("abort", stop);
  if (code !== 0 && !signal.aborted) throw new Error(`the refit ended with ${killedBy ?? code}`);
}
