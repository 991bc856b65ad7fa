import { AppError } from "#lib/errors.ts";
import type { Batch } from "./batch.ts";

/** Stores a batch, all or nothing, and tells when it has begun to write. */
export type Commit = (batch: Batch, onWriting: () => void) => Promise<unknown>;

type Waiting = {
  readonly batch: Batch;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Rows of one transaction: enough to share its cost, few enough to end soon. */
const MOST_ROWS = 20_000;
/** Batches that may wait; beyond it senders are told to come again. */
const MOST_WAITING_ROWS = 200_000;

/**
 * Gathers the exports of many senders into few transactions: what arrives
 * while one transaction runs goes into the next. A sender's promise fulfils
 * when its own export is committed, and not before.
 */
export class Batcher {
  readonly #commit: Commit;
  readonly #lanes: number;
  #waiting: Waiting[] = [];
  #waitingRows = 0;
  #running = 0;
  /** Groups that do not write yet: another would wait behind them, and rather grows meanwhile. */
  #preparing = 0;

  /** @param lanes Groups that may be prepared or written at once. */
  constructor(commit: Commit, lanes = 3) {
    this.#commit = commit;
    this.#lanes = lanes;
  }

  /** @throws {AppError} "unavailable" when too much waits, or when the database does not take it. */
  submit(batch: Batch): Promise<void> {
    if (this.#waitingRows > MOST_WAITING_ROWS) {
      throw new AppError("too much telemetry is waiting to be stored", {
        code: "unavailable",
        retryAfterSeconds: 2,
      });
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      this.#waitingRows += rowsOf(batch);
      this.#start();
    });
  }

  #start(): void {
    if (this.#running >= this.#lanes || this.#preparing > 0 || this.#waiting.length === 0) return;
    this.#running++;
    this.#preparing++;
    let isPreparing = true;
    const onWriting = () => {
      if (!isPreparing) return;
      isPreparing = false;
      this.#preparing--;
      this.#start();
    };
    void this.#store(this.#next(), onWriting).finally(() => {
      this.#running--;
      onWriting();
      this.#start();
    });
  }

  #next(): Waiting[] {
    let rows = 0;
    let taken = 0;
    while (taken < this.#waiting.length && (rows === 0 || rows < MOST_ROWS)) {
      const waiting = this.#waiting[taken];
      rows += waiting === undefined ? 0 : rowsOf(waiting.batch);
      taken++;
    }
    const group = this.#waiting.slice(0, taken);
    this.#waiting = this.#waiting.slice(taken);
    this.#waitingRows -= rows;
    return group;
  }

  /** A group that the database refuses is tried one by one, so that no sender pays for another's data. */
  async #store(group: readonly Waiting[], onWriting: () => void): Promise<void> {
    try {
      await this.#commit(merge(group.map(({ batch }) => batch)), onWriting);
      for (const { resolve } of group) resolve();
    } catch (error) {
      const [only, ...others] = group;
      if (only === undefined) return;
      if (others.length === 0 || isDatabaseAway(error)) {
        for (const { reject } of group) reject(error);
        return;
      }
      for (const waiting of group) await this.#store([waiting], onWriting);
    }
  }
}

function rowsOf({ arrivals, nodes }: Batch): number {
  return arrivals.length + nodes.length + 1;
}

function merge(batches: readonly Batch[]): Batch {
  return {
    arrivals: batches.flatMap(({ arrivals }) => arrivals),
    nodes: batches.flatMap(({ nodes }) => nodes),
    refusals: batches.flatMap(({ refusals }) => refusals),
    receivedAtMs: Math.max(...batches.map(({ receivedAtMs }) => receivedAtMs)),
  };
}

/** No connection, or a server that is starting, stopping or out of connections: SQLSTATE 08, 53, 57 and the driver's own codes. */
export function isDatabaseAway(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return (
    /^(08|53|57)/.test(code) || /^(CONNECT|CONNECTION_|ECONN|ENOTFOUND|EPIPE|ETIMEDOUT)/.test(code)
  );
}
