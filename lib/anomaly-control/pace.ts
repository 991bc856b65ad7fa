import { setTimeout as sleep } from "node:timers/promises";

/** Long work gives way after so long: the worker has other things to do. */
const WORK_MS = 20;
const REST_MS = 8;

/** Works for a moment, then rests. */
export class Pace {
  #since = performance.now();

  async rest(): Promise<void> {
    if (performance.now() - this.#since < WORK_MS) return;
    await sleep(REST_MS);
    this.#since = performance.now();
  }
}
