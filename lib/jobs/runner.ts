import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "#lib/log.ts";

/** Work of the worker that goes on beside the jobs, which must not wait for it. */
export type Runner = {
  /** Does what there is to do. @returns how long to rest, where that is not `restMs`. */
  readonly step: (signal: AbortSignal) => Promise<number | undefined>;
  readonly restMs: number;
  readonly afterFailureMs: number;
  /** What the log says of a step that failed. */
  readonly failure: string;
};

/** @returns a function that stops it, once the step under way has ended. */
export function startRunner(runner: Runner, log: Log): () => Promise<void> {
  const stop = new AbortController();
  const ended = work(runner, log, stop.signal);
  return async () => {
    stop.abort();
    await ended;
  };
}

async function work(runner: Runner, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let restMs = runner.restMs;
    try {
      restMs = (await runner.step(signal)) ?? restMs;
    } catch (error) {
      log.warn(runner.failure, { error: error as Error });
      restMs = runner.afterFailureMs;
    }
    await sleep(restMs, undefined, { signal }).catch(() => {});
  }
}
