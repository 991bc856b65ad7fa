import type { SqlClient } from "#lib/db/client.ts";
import type { Refusal } from "#lib/ingest/batch.ts";
import { storeRefusals } from "#lib/ingest/refusal-store.ts";

/** Why a whole request was turned away, or items of it; the data quality page explains each in words. */
export type RefusalReason =
  | "no_key"
  | "wrong_key"
  | "api_key"
  | "unreadable_body"
  | "too_large"
  | "unsupported_type"
  | "malformed_item";

export type NotedRefusal = {
  readonly reason: RefusalReason;
  /** What tells the sender or the item from others, never a secret. */
  readonly example: string;
  /** The key it came with, where that is known. */
  readonly keyId?: string;
  /** "request" when left out: it was refused before its items were read. */
  readonly signal?: "span" | "log" | "metric";
  readonly count?: number;
};

const FLUSH_MS = 3_000;
/** Keys that are known and refused, each with a few reasons; strangers share one entry per reason. */
const MOST_NOTED = 1_000;

/**
 * Counts refused requests and stores the counts every few seconds, so that a
 * sender with a wrong key shows on the data quality page, and a flood of them
 * costs one statement per flush. Counts survive a database that is away; what
 * is noted in the last moments before a kill is lost, for nothing depends on it.
 */
export class RefusalLog {
  readonly #sql: SqlClient;
  readonly #onError: (error: unknown) => void;
  #noted = new Map<string, Refusal & { readonly count: number }>();
  #timer: NodeJS.Timeout | null = null;

  constructor(sql: SqlClient, onError: (error: unknown) => void) {
    this.#sql = sql;
    this.#onError = onError;
  }

  note({ reason, example, keyId = "", signal, count = 1 }: NotedRefusal): void {
    this.#add({ keyId, reason, example, signal: signal ?? "request", count });
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const taken = [...this.#noted.values()];
    this.#noted = new Map();
    if (taken.length === 0) return;
    try {
      await this.#sql.begin((tx) => storeRefusals(tx, taken, Date.now()));
    } catch (error) {
      this.#onError(error);
      for (const noted of taken) this.#add(noted);
    }
  }

  #add(refusal: Refusal & { readonly count: number }): void {
    const name = `${refusal.keyId} ${refusal.signal} ${refusal.reason}`;
    const count = refusal.count + (this.#noted.get(name)?.count ?? 0);
    if (this.#noted.has(name) || this.#noted.size < MOST_NOTED) {
      this.#noted.set(name, { ...refusal, count });
    }
  }
}
