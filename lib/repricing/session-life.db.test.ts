import assert from "node:assert/strict";
import { test } from "node:test";
import { readRun } from "#lib/history-runs/history-run.ts";
import { workOnRun } from "#lib/history-runs/work-on-run.ts";
import { writeRestated } from "#lib/history-runs/write-restated.ts";
import { assertVerified, ingest } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { tokens } from "#lib/testing/usage-events.ts";
import { NOW, rate, record, repricing, twin, WORKS } from "./testing.ts";

const { sql } = await createTestDatabase();
const { request } = repricing(sql);

for (const [n, awayMs] of [-300, 300].entries()) {
  test(`a session has the new price of a better account of its call that starts ${awayMs} ms away`, async () => {
    // The same figures, so that the exchange leaves every sum as it is.
    const told = {
      ...{ tokens: tokens(100, 10, { cache_read: 0 }) },
      identityOf: { session: `alone ${n}` },
    };
    const client = { ...twin("client", n), ...told };
    const gateway = { ...twin("gateway", n), ...told };
    await ingest(sql, [client]);
    await ingest(sql, [{ ...gateway, startedAtMs: client.startedAtMs + awayMs }]);
    const [life] = await sql<{ covers: boolean }[]>`
      select bool_and(u.started_at between s.first_at and s.last_at) as covers
        from priced_event u join session s using (session_id)
       where u.counted and u.session_id = ${`alone ${n}`}`;
    assert.equal(life?.covers, true);
    await record(sql, rate({ price: { amount: `${31 + n}`, per: 1_000_000 } }));
    const id = await request();
    while ((await readRun(sql, id))?.state !== "done") {
      await workOnRun(sql, WORKS, () => NOW);
      await assertVerified(sql);
    }
    while (await writeRestated(sql, 1)) await assertVerified(sql);
  });
}
