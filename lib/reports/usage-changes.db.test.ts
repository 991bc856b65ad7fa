import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { UsageChanges } from "./usage-changes.ts";

const { sql } = await createTestDatabase();

test("many commits in a moment are one call for each subscriber, on one connection", async () => {
  const changes = new UsageChanges(sql, 100);
  const calls = [0, 0];
  const ends = await Promise.all(
    calls.map((_, index) =>
      changes.subscribe(() => void calls.splice(index, 1, (calls[index] ?? 0) + 1)),
    ),
  );
  await sleep(150);
  calls.fill(0);
  for (let n = 0; n < 20; n++) await sql.notify("outlay_usage", "");
  await sleep(60);
  // The first at once, the rest together after the interval.
  assert.deepEqual(calls, [1, 1]);
  await sleep(150);
  assert.ok((calls[0] ?? 0) <= 3, `called ${calls[0]} times`);

  ends[0]?.();
  calls.fill(0);
  await sleep(120);
  await sql.notify("outlay_usage", "");
  await sleep(60);
  assert.deepEqual(calls, [0, 1]);
});
