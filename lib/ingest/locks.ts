import type { Tx } from "#lib/db/client.ts";

/** Namespaces of our advisory locks. */
const BATCH_CLASS = 72;
const KEY_CLASS = 73;
/** Keys share so many locks: few enough for Postgres' lock table, also with many collectors. */
const BUCKETS = 512n;
/** After so many tries a batch runs alone. */
const TRIES_IN_COMPANY = 4;

/** A lock that was learned of too late to be taken in order is held by another batch. */
export class LockIsTaken extends Error {
  override readonly name = "LockIsTaken";
}

/**
 * The locks of one batch over all its tries. Batches that may touch the same
 * call, trace or scope wait for each other until their transactions end.
 *
 * What must be locked is only learned on the way. The first locks of a try are
 * waited for, in order; those learned of later are only taken when free, since
 * waiting for them could deadlock. When one is not free, the next try takes all
 * that was learned at once, in order. A batch that keeps losing runs alone.
 */
export class BatchLocks {
  readonly #needed = new Set<number>();
  #held = new Set<number>();
  #tries = 0;

  /** Call first in each transaction: it holds nothing yet. */
  async startTry(tx: Tx): Promise<void> {
    this.#held = new Set();
    this.#tries++;
    if (this.#tries > TRIES_IN_COMPANY) await tx`select pg_advisory_xact_lock(${BATCH_CLASS}, 0)`;
    else await tx`select pg_advisory_xact_lock_shared(${BATCH_CLASS}, 0)`;
  }

  /** @throws {LockIsTaken} when the try must be given up. */
  async lock(tx: Tx, keys: Iterable<bigint>): Promise<void> {
    for (const key of keys) this.#needed.add(Number(BigInt.asUintN(64, key) % BUCKETS));
    const buckets = [...this.#needed]
      .filter((bucket) => !this.#held.has(bucket))
      .sort((a, b) => a - b);
    if (buckets.length === 0) return;
    if (this.#held.size === 0) {
      await tx`
        select pg_advisory_xact_lock(${KEY_CLASS}, bucket) from unnest(${buckets}::int4[]) as bucket`;
    } else {
      const [row] = await tx<{ all: boolean }[]>`
        select bool_and(pg_try_advisory_xact_lock(${KEY_CLASS}, bucket)) as all
          from unnest(${buckets}::int4[]) as bucket`;
      if (row?.all !== true) throw new LockIsTaken();
    }
    for (const bucket of buckets) this.#held.add(bucket);
  }
}
