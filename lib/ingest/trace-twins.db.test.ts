import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MOST_ALIKE } from "#lib/counting/trace-twins.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import {
  batch,
  hexId,
  modelCall,
  NOON_MS,
  type Told,
  testPlan,
} from "#lib/testing/usage-events.ts";
import { Ledger } from "./commit.ts";

const { sql } = await createTestDatabase();
const plan = testPlan();

const made =
  (scope: string) =>
  (service: string, name: string, ms: number, told: Told = {}) =>
    modelCall(`${service} ${name}`, {
      service,
      traceId: hexId(`${service} ${name}`, 32),
      startedAtMs: ms,
      attributes: { "otel.scope.name": scope },
      ...told,
    });
const framework = made("langchain");
const client = (service: string, name: string, ms: number) =>
  made("com.anthropic.sdk.python")(service, name, ms, { responseIds: [`${service} ${name}`] });

async function countedOf(service: string): Promise<number> {
  const [row] = await sql<{ calls: number }[]>`
    select coalesce(sum(model_calls), 0)::int as calls
      from usage_day r join dimension_set d on d.id = r.dimension_set_id
     where d.service = ${service}`;
  return row?.calls ?? 0;
}

describe("two accounts of a call in two traces", () => {
  const midnight = Date.parse("2026-11-22T00:00:00Z");
  for (const [when, ms] of Object.entries({ noon: NOON_MS, midnight })) {
    for (const order of ["framework first", "client first"]) {
      test(`are one through two collectors at ${when}, ${order}`, async () => {
        const service = `${when} ${order}`;
        const pair = [framework(service, "a", ms - 10), client(service, "b", ms + 10)];
        const collectors = [new Ledger(sql, () => plan), new Ledger(sql, () => plan)];
        // Both have seen calls of each sort, and so ask for no proof again.
        for (const [i, collector] of collectors.entries()) {
          await collector.commit(batch([client(service, `c${i}`, ms + 30_000)]));
        }
        const events = order === "client first" ? pair.toReversed() : pair;
        for (const [i, event] of events.entries()) await collectors[i]?.commit(batch([event]));
        assert.equal(await countedOf(service), 3);
        assert.deepEqual(await verifyRollups(sql, { from: null, to: null }), []);
      });
    }
  }

  test("stay two where too many look alike, also when these come later", async () => {
    const ledger = new Ledger(sql, () => plan);
    const pair = [framework("crowd", "a", NOON_MS), client("crowd", "b", NOON_MS)];
    await ledger.commit(batch(pair));
    assert.equal(await countedOf("crowd"), 1);
    const more = Array.from({ length: MOST_ALIKE }, (_, i) =>
      client("crowd", `more ${i}`, NOON_MS + 5_000 + i),
    );
    await ledger.commit(batch(more.slice(0, MOST_ALIKE - 2)));
    assert.equal(await countedOf("crowd"), MOST_ALIKE - 1);
    await ledger.commit(batch(more.slice(MOST_ALIKE - 2)));
    assert.equal(await countedOf("crowd"), MOST_ALIKE + 2);
    await ledger.commit(batch([framework("crowd", "late", NOON_MS + 5_000)]));
    assert.equal(await countedOf("crowd"), MOST_ALIKE + 3);
    assert.deepEqual(await verifyRollups(sql, { from: null, to: null }), []);
  });
});
