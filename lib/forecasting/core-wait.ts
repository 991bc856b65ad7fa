import { readFileSync } from "node:fs";

/** Of this thread, on Linux; its second figure is how long it stood in line for a core, ns. */
const STATISTICS = "/proc/thread-self/schedstat";

/**
 * How long this thread has waited for a core until now, ms: others took them
 * all. Zero where the system does not tell.
 */
export function waitedForCore(): number {
  try {
    return waitIn(readFileSync(STATISTICS, "latin1"));
  } catch {
    return 0;
  }
}

/** @param schedstat As Linux writes it: ns on a core, ns in line for one, turns. */
export function waitIn(schedstat: string): number {
  const nanoseconds = Number(schedstat.split(" ")[1]);
  return Number.isFinite(nanoseconds) ? nanoseconds / 1e6 : 0;
}
