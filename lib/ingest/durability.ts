import type { SqlClient } from "#lib/db/client.ts";

/**
 * Waits until what was committed is on disk. Writers commit without waiting for
 * that, since they hold the ledger's lock until the commit has ended; many then
 * share one wait, after the lock.
 */
export class Durability {
  readonly #sql: SqlClient;
  #running: Promise<unknown> | null = null;
  #next: Promise<void> | null = null;

  constructor(sql: SqlClient) {
    this.#sql = sql;
  }

  /** Fulfils when all that was committed before the call survives a crash of the database. */
  reached(): Promise<void> {
    this.#next ??= this.#flushNext();
    return this.#next;
  }

  /** What is committed while one flush runs may be behind it, and waits for the one after. */
  async #flushNext(): Promise<void> {
    await this.#running?.catch(() => undefined);
    this.#next = null;
    this.#running = this.#flush();
    await this.#running;
  }

  /** The log is written in order: once this commit is on disk, so is all before it. */
  async #flush(): Promise<void> {
    await this.#sql`select pg_logical_emit_message(true, 'outlay', '')`;
  }
}
