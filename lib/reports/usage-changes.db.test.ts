import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { UsageChanges } from "./usage-changes.ts";

const { sql } = await createTestDatabase();

test("many commits in a moment are one call for each subscriber, on one connection", async (t) => {
  const changes = new UsageChanges(sql, 100);
  const calls = [0, 0];
  const ends: (() => void)[] = [];
  for (const index of calls.keys()) {
    ends.push(await changes.subscribe(() => calls.splice(index, 1, (calls[index] ?? 0) + 1)));
  }
  // Listens on the same connection and later than the subscribers, so it hears after them.
  const heard = new EventTarget();
  await sql.listen("outlay_usage", (number) => heard.dispatchEvent(new Event(number)));
  const commit = async (number: number) => {
    const told = once(heard, String(number));
    await sql.notify("outlay_usage", String(number));
    await told;
  };
  // The driver opens its connections by a timer: the one to notify by has to be there before.
  await sql`select`;
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.now() });

  await commit(1);
  t.mock.timers.tick(0);
  assert.deepEqual(calls, [1, 1], "the first is told at once");
  for (let number = 2; number <= 20; number++) await commit(number);
  t.mock.timers.tick(99);
  assert.deepEqual(calls, [1, 1], "no other within the interval");
  t.mock.timers.tick(1);
  assert.deepEqual(calls, [2, 2], "the rest together after it");
  t.mock.timers.tick(1_000);
  assert.deepEqual(calls, [2, 2]);

  ends[0]?.();
  await commit(21);
  t.mock.timers.tick(100);
  assert.deepEqual(calls, [2, 3], "who has left is told nothing");
});
