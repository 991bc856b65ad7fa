import { setTimeout as sleep } from "node:timers/promises";
import { waitedForCore } from "./core-wait.ts";

/** Long work gives way after so long: the worker has other things to do, and the collectors the same cores. */
const WORK_MS = 20;
const REST_MS = 8;
/** Work that takes no longer than this is not worth being late for. */
const SHORT_MS = 2_000;
/** Who waited for a core for so much of the time has met others that need it, and leaves them nine tenths. */
const CROWDED_SHARE = 0.1;
const CROWDED_RESTS = 9;
const LONGEST_REST_MS = 200;

/** Works for a moment, then rests: for longer where telemetry takes all the cores. */
export class Pace {
  #since = performance.now();
  #waitedSince = waitedForCore();
  #worked = 0;

  get workedMs(): number {
    return Math.round(this.#worked);
  }

  /** What others do meanwhile, the database for one, is a rest. */
  async waitFor<Result>(others: Promise<Result>): Promise<Result> {
    this.#worked += performance.now() - this.#since;
    const result = await others;
    this.#begin();
    return result;
  }

  async rest(): Promise<void> {
    const worked = performance.now() - this.#since;
    if (worked < WORK_MS) return;
    this.#worked += worked;
    await sleep(restAfter(worked, waitedForCore() - this.#waitedSince, this.#worked));
    this.#begin();
  }

  #begin(): void {
    this.#since = performance.now();
    this.#waitedSince = waitedForCore();
  }
}

/**
 * How long to rest, ms.
 *
 * @param worked How long the last stretch of work took, ms.
 * @param waited For how much of it others had the cores, ms.
 * @param soFar All work so far, ms.
 */
export function restAfter(worked: number, waited: number, soFar: number): number {
  const isCrowded = soFar > SHORT_MS && waited > worked * CROWDED_SHARE;
  return isCrowded ? Math.min(worked * CROWDED_RESTS, LONGEST_REST_MS) : REST_MS;
}
