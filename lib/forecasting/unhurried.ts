import { setTimeout as sleep } from "node:timers/promises";

/** The database finds two thirds of a refit's time free for telemetry. */
const RESTS = 2;

/**
 * Rests after work in the database for twice as long as it took: a process can
 * be ranked behind others, but its statements are served as all are.
 */
export async function unhurried<Result>(statement: Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await statement;
  await sleep(RESTS * (performance.now() - start));
  return result;
}
