import type { SqlClient } from "#lib/db/client.ts";

const DAY_MS = 86_400_000;

/** Makes the ledger's partition of each day exist, before a row of that day is written. */
export class Partitions {
  readonly #known = new Set<number>();
  readonly #sql: SqlClient;

  constructor(sql: SqlClient) {
    this.#sql = sql;
  }

  async ensure(times: Iterable<number>): Promise<void> {
    const missing = new Set<number>();
    for (const ms of times) {
      const day = Math.floor(ms / DAY_MS);
      if (!this.#known.has(day)) missing.add(day);
    }
    for (const day of [...missing].sort((a, b) => a - b)) {
      await createPartition(this.#sql, day);
      this.#known.add(day);
    }
  }
}

const PARTITION_LOCK = 7_302_027;

/** Names and bounds come from a whole number of days, so nothing from outside is in the DDL. */
async function createPartition(sql: SqlClient, day: number): Promise<void> {
  const from = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const to = new Date((day + 1) * DAY_MS).toISOString().slice(0, 10);
  const name = `usage_event_${from.replaceAll("-", "")}`;
  const [existing] = await sql`select to_regclass(${name}) as name`;
  if (existing?.name !== null) return;
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${PARTITION_LOCK})`;
    await tx.unsafe(
      `create table if not exists ${name} partition of usage_event
         for values from ('${from}T00:00:00Z') to ('${to}T00:00:00Z')`,
    );
  });
}
