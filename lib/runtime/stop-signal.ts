import type { Log } from "../log.ts";

const HARD_LIMIT_MS = 9_500;
const PARENT_CHECK_MS = 1_000;

/**
 * Turns what asks this process to stop into one signal: SIGTERM, Ctrl-C (which
 * npm delivers twice), a closed terminal, and the death of the npm that started
 * us, which would otherwise leave us running unseen with the ports in hand.
 *
 * Whatever then happens, the process is gone within ten seconds.
 */
export function stopSignal(env: NodeJS.ProcessEnv, log: Log): AbortSignal {
  const stopping = new AbortController();
  const stop = (why: string) => {
    if (stopping.signal.aborted) return;
    stopping.abort(new Error(`stopped by ${why}`));
    setTimeout(() => {
      log.error("did not stop in time");
      process.exit(2);
    }, HARD_LIMIT_MS).unref();
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => stop(signal));
  }
  if (env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    const check = setInterval(() => {
      if (process.ppid !== parent) stop("the end of npm");
    }, PARENT_CHECK_MS);
    check.unref();
  }
  return stopping.signal;
}
