import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { inBatches } from "./in-batches.ts";
import { readOnly } from "./read-only.ts";

const { sql } = await createTestDatabase();

test("all rows come, batch by batch, whatever else is asked between them", async () => {
  for (const count of [0, 1, 10, 25]) {
    const seen: bigint[] = [];
    await readOnly(sql, async (tx) => {
      const query = tx`select n::int8 as n from generate_series(1, ${count}::int) n order by n`;
      for await (const rows of inBatches<{ n: bigint }>(tx, query, 10)) {
        assert.ok(rows.length <= 10);
        const [other] = await tx<{ is: string }[]>`select 'asked' as is`;
        assert.equal(other?.is, "asked");
        seen.push(...rows.map(({ n }) => n));
      }
    });
    assert.deepEqual(
      seen,
      Array.from({ length: count }, (_, n) => BigInt(n + 1)),
    );
  }
});
