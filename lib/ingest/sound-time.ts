const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Telemetry older than this is a wrong clock; history comes by import. */
const OLDEST_MS = 400 * DAY_MS;
const NEWEST_MS = HOUR_MS;

/** Whether telemetry of this time can be what it says; a clock that is further off is wrong. */
export function isSoundTime(startedAtMs: number, receivedAtMs: number): boolean {
  return startedAtMs > receivedAtMs - OLDEST_MS && startedAtMs < receivedAtMs + NEWEST_MS;
}
