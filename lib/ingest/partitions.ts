import type { SqlClient, Tx } from "#lib/db/client.ts";
import { partitionName } from "#lib/ledger/partition-name.ts";

const DAY_MS = 86_400_000;

/** Makes the ledger's partition of each day exist, before a row of that day is read or written. */
export class Partitions {
  readonly #known = new Set<number>();
  readonly #sql: SqlClient;

  constructor(sql: SqlClient) {
    this.#sql = sql;
  }

  /** @returns The names of the partitions of these instants. */
  async ensure(times: Iterable<number>): Promise<string[]> {
    const days = new Set([...times].map((ms) => Math.floor(ms / DAY_MS)));
    const missing = [...days].filter((day) => !this.#known.has(day));
    for (const day of missing.sort((a, b) => a - b)) {
      await createPartition(this.#sql, day);
      this.#known.add(day);
    }
    return [...days].map((day) => partitionName(day * DAY_MS));
  }
}

const PARTITION_LOCK = 7_302_027;

/**
 * Made beside the ledger and then attached: `create table … partition of` would
 * wait for whoever reads the ledger, and everybody who writes to it would wait
 * behind that. Names and bounds come from a whole number of days, so nothing
 * from outside is in the DDL.
 */
async function createPartition(sql: SqlClient, day: number): Promise<void> {
  const from = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const to = new Date((day + 1) * DAY_MS).toISOString().slice(0, 10);
  const name = partitionName(day * DAY_MS);
  if (await exists(sql, name)) return;
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${PARTITION_LOCK})`;
    if (await exists(tx, name)) return;
    await tx.unsafe(`create table ${name} (like usage_event including defaults)`);
    await tx.unsafe(
      `alter table usage_event attach partition ${name}
         for values from ('${from}T00:00:00Z') to ('${to}T00:00:00Z')`,
    );
  });
}

/** Asks the table itself: within a transaction `to_regclass` may answer from before the lock. */
/** Asks the catalogue itself: to_regclass may answer from a cache that does not know yet of a table made while we waited. */
async function exists(sql: SqlClient | Tx, name: string): Promise<boolean> {
  const found = await sql`
    select from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'usage_event'::regclass and c.relname = ${name}`;
  return found.length > 0;
}
