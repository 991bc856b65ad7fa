import { setImmediate as nextRound } from "node:timers/promises";

/**
 * Lets pieces of long computing through one at a time, and none while this
 * process holds the ledger's lock: each answer of the database that it then
 * reads late keeps every other writer waiting.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #held = 0;
  #wake: () => void = () => undefined;
  #free: Promise<void> = Promise.resolve();

  /** Fulfils when it is the caller's turn to compute, until it next waits for something. */
  next(): Promise<void> {
    const turn = this.#last.then(async () => {
      // Answers and what is to be sent go first, also right after the lock.
      do {
        while (this.#held > 0) await this.#free;
        await nextRound();
      } while (this.#held > 0);
    });
    this.#last = turn;
    return turn;
  }

  /** From here until `release` nobody gets a turn. */
  hold(): void {
    if (this.#held++ > 0) return;
    this.#free = new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  release(): void {
    if (--this.#held === 0) this.#wake();
  }
}
