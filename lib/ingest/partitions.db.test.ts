import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { Partitions } from "./partitions.ts";

const { sql } = await createTestDatabase();
const DAY = Date.UTC(2026, 10, 22);

const partitions = async () => {
  const rows = await sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits
     where inhparent = 'usage_event'::regclass order by 1`;
  return rows.map(({ name }) => name);
};

describe("Partitions", () => {
  test("makes each day's partition once, however many processes want it", async () => {
    const times = [DAY, DAY + 86_399_999, DAY + 86_400_000];
    await Promise.all([1, 2, 3].map(() => new Partitions(sql).ensure(times)));
    assert.deepEqual(await partitions(), ["usage_event_20261122", "usage_event_20261123"]);
  });

  test("gives a partition the ledger's keys and indexes", async () => {
    const indexes = (table: string) => sql<{ columns: string }[]>`
      select regexp_replace(indexdef, '^.* (USING .*)$', '\\1') as columns
        from pg_indexes where tablename = ${table} order by 1`;
    assert.deepEqual(
      [...(await indexes("usage_event_20261122"))],
      [...(await indexes("usage_event"))],
    );
  });

  // A report or a verification may read for minutes; writers must not wait behind a new day.
  test("does not wait for those who read the ledger", async () => {
    await sql.begin("read only", async (tx) => {
      await tx`select count(*) from usage_event`;
      await new Partitions(sql).ensure([DAY + 2 * 86_400_000]);
    });
    assert.ok((await partitions()).includes("usage_event_20261124"));
  });
});
