import type { Scope } from "#lib/budgets/budget.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { ALERT_CHANNEL } from "./say.ts";

/** A message on a budget, as it was sent. */
export type LiveAlert = {
  readonly id: string;
  readonly scope: Scope;
  readonly type: string;
  readonly data: unknown;
};

/**
 * Tells of each message on a budget, once, as it is committed. One listening
 * connection and one read serve all subscribers of a process.
 */
export class AlertFeed {
  readonly #sql: SqlClient;
  readonly #subscribers = new Set<(alert: LiveAlert) => void>();
  #listening: Promise<unknown> | null = null;

  constructor(sql: SqlClient) {
    this.#sql = sql;
  }

  /** @returns The way to end the subscription. */
  async subscribe(callback: (alert: LiveAlert) => void): Promise<() => void> {
    this.#subscribers.add(callback);
    this.#listening ??= this.#sql.listen(ALERT_CHANNEL, (id) => {
      // A stream that misses an alert shows it on its next page; nothing is lost.
      this.#tell(id).catch(() => {});
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

  async #tell(id: string): Promise<void> {
    if (this.#subscribers.size === 0) return;
    const [row] = await this.#sql<
      { scope: Scope; event: { type: string; data: unknown } | null }[]
    >`
      select b.scope, c.event from budget_crossing c join budget b on b.id = c.budget_id
       where c.id = ${id}`;
    if (row === undefined || row.event === null) return;
    const alert: LiveAlert = { id, scope: row.scope, ...row.event };
    for (const callback of this.#subscribers) callback(alert);
  }
}
