import { setTimeout as sleep } from "node:timers/promises";

/** Long work gives way after so long: the worker has other things to do, and the collectors the same cores. */
const WORK_MS = 20;
const REST_MS = 8;

/** Works for a moment, then rests. */
export class Pace {
  #since = performance.now();
  #worked = 0;

  get workedMs(): number {
    return Math.round(this.#worked);
  }

  /** What others do meanwhile, the database for one, is a rest. */
  async waitFor<Result>(others: Promise<Result>): Promise<Result> {
    this.#worked += performance.now() - this.#since;
    const result = await others;
    this.#since = performance.now();
    return result;
  }

  async rest(): Promise<void> {
    const worked = performance.now() - this.#since;
    if (worked < WORK_MS) return;
    this.#worked += worked;
    await sleep(REST_MS);
    this.#since = performance.now();
  }
}
