import type { Tx } from "#lib/db/client.ts";

/** Namespace of our advisory locks. */
const LOCK_CLASS = 73;
/** Keys share so many locks: few enough for Postgres' lock table, also with many collectors. */
const BUCKETS = 512n;

/**
 * Makes transactions that may touch the same call or trace wait for each
 * other, until this one ends. Taken in order; a set that grows in a second
 * round can deadlock with another's, which Postgres ends and `commit` repeats.
 */
export async function lockKeys(tx: Tx, keys: Iterable<bigint>, held: Set<number>): Promise<void> {
  const buckets = [...new Set([...keys].map((key) => Number(BigInt.asUintN(64, key) % BUCKETS)))]
    .filter((bucket) => !held.has(bucket))
    .sort((a, b) => a - b);
  if (buckets.length === 0) return;
  await tx`
    select pg_advisory_xact_lock(${LOCK_CLASS}, bucket)
      from unnest(${buckets}::int4[]) as bucket`;
  for (const bucket of buckets) held.add(bucket);
}
