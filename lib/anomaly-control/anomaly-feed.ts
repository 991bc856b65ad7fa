import type { SqlClient } from "#lib/db/client.ts";
import { ANOMALY_CHANNEL } from "./announce.ts";

/**
 * Tells the id of each anomaly whose message was committed, once. One listening
 * connection serves all subscribers of a process.
 */
export class AnomalyFeed {
  readonly #sql: SqlClient;
  readonly #subscribers = new Set<(id: string) => void>();
  #listening: Promise<unknown> | null = null;

  constructor(sql: SqlClient) {
    this.#sql = sql;
  }

  /** @returns The way to end the subscription. */
  async subscribe(callback: (id: string) => void): Promise<() => void> {
    this.#subscribers.add(callback);
    this.#listening ??= this.#sql.listen(ANOMALY_CHANNEL, (id) => {
      for (const subscriber of this.#subscribers) subscriber(id);
    });
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = null;
      this.#subscribers.delete(callback);
      throw error;
    }
    return () => void this.#subscribers.delete(callback);
  }
}
