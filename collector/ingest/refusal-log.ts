import type { SqlClient } from "#lib/db/client.ts";
import { storeRefusals } from "#lib/ingest/refusal-store.ts";

/** Why a whole request was turned away; `data-quality` explains each in words. */
export type RefusedRequest =
  | "no_key"
  | "wrong_key"
  | "api_key"
  | "unreadable_body"
  | "too_large"
  | "unsupported_type";

type Noted = {
  readonly keyId: string;
  readonly reason: RefusedRequest;
  readonly example: string;
  count: number;
};

const FLUSH_MS = 3_000;
/** Keys that are known and refused, each with a few reasons; strangers share one entry per reason. */
const MOST_NOTED = 1_000;
/** Where an item's signal would stand: these were refused before they were read. */
const SIGNAL = "request";

/**
 * Counts refused requests and stores the counts every few seconds, so that a
 * sender with a wrong key shows on the data quality page, and a flood of them
 * costs one statement per flush. Counts survive a database that is away; what
 * is noted in the last moments before a kill is lost, for nothing depends on it.
 */
export class RefusalLog {
  readonly #sql: SqlClient;
  readonly #onError: (error: unknown) => void;
  #noted = new Map<string, Noted>();
  #timer: NodeJS.Timeout | null = null;

  constructor(sql: SqlClient, onError: (error: unknown) => void) {
    this.#sql = sql;
    this.#onError = onError;
  }

  /** @param example What tells the sender from others, never a secret. */
  note(reason: RefusedRequest, example: string, keyId = ""): void {
    this.#add({ keyId, reason, example, count: 1 });
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const taken = [...this.#noted.values()];
    this.#noted = new Map();
    if (taken.length === 0) return;
    const refusals = taken.map((noted) => ({ ...noted, signal: SIGNAL }));
    try {
      await this.#sql.begin((tx) => storeRefusals(tx, refusals, Date.now()));
    } catch (error) {
      this.#onError(error);
      for (const noted of taken) this.#add(noted);
    }
  }

  #add({ keyId, reason, example, count }: Noted): void {
    const name = `${keyId} ${reason}`;
    const known = this.#noted.get(name);
    if (known !== undefined) known.count += count;
    else if (this.#noted.size < MOST_NOTED) {
      this.#noted.set(name, { keyId, reason, example, count });
    }
  }
}
