import type { SqlClient } from "./client.ts";

/**
 * Tells the subscribers of a process what is notified on a channel of the
 * database. One listening connection, and one reading of each payload, serve all.
 */
export class ChannelFeed<Message> {
  readonly #sql: SqlClient;
  readonly #channel: string;
  readonly #read: (sql: SqlClient, payload: string) => Promise<Message | null>;
  readonly #subscribers = new Set<(message: Message) => void>();
  #listening: Promise<unknown> | null = null;

  /** @param read what a payload stands for; null when there is nothing to tell. */
  constructor(
    sql: SqlClient,
    channel: string,
    read: (sql: SqlClient, payload: string) => Promise<Message | null>,
  ) {
    this.#sql = sql;
    this.#channel = channel;
    this.#read = read;
  }

  /** @returns The way to end the subscription. */
  async subscribe(callback: (message: Message) => void): Promise<() => void> {
    this.#subscribers.add(callback);
    this.#listening ??= this.#sql.listen(this.#channel, (payload) => {
      // A stream that misses a message shows it on its next page; nothing is lost.
      this.#tell(payload).catch(() => {});
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

  async #tell(payload: string): Promise<void> {
    if (this.#subscribers.size === 0) return;
    const message = await this.#read(this.#sql, payload);
    if (message === null) return;
    for (const callback of this.#subscribers) callback(message);
  }
}
