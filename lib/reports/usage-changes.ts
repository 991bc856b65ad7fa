import type { SqlClient } from "#lib/db/client.ts";

/** What the commit of a batch notifies; see lib/ingest/commit.ts. */
const CHANNEL = "outlay_usage";

/**
 * Calls back when usage has changed, at most once in `intervalMs` however many
 * batches commit, and again after the connection to the database came back.
 * One listening connection serves all subscribers; it is opened by the first.
 */
export class UsageChanges {
  readonly #sql: SqlClient;
  readonly #intervalMs: number;
  readonly #subscribers = new Set<() => void>();
  #listening: Promise<unknown> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastAt = 0;

  constructor(sql: SqlClient, intervalMs = 1_000) {
    this.#sql = sql;
    this.#intervalMs = intervalMs;
  }

  /** @returns The way to end the subscription. */
  async subscribe(callback: () => void): Promise<() => void> {
    this.#subscribers.add(callback);
    this.#listening ??= this.#listen();
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = null;
      this.#subscribers.delete(callback);
      throw error;
    }
    return () => void this.#subscribers.delete(callback);
  }

  #listen(): Promise<unknown> {
    let isFirst = true;
    const changed = () => this.#changed();
    return this.#sql.listen(CHANNEL, changed, () => {
      // What was notified while the connection was down is lost.
      if (!isFirst) changed();
      isFirst = false;
    });
  }

  #changed(): void {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#lastAt + this.#intervalMs - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#lastAt = Date.now();
      for (const callback of this.#subscribers) callback();
    }, wait);
    this.#timer.unref();
  }
}
