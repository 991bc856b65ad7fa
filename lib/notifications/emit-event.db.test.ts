import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { emitEvent, NOTIFICATION_CHANNEL } from "./emit-event.ts";

const { sql } = await createTestDatabase();
const URL_OF_PAGE = "https://outlay.example/unpriced";
const unpriced = {
  type: "model.unpriced",
  data: {
    provider: "acme",
    model: "giant",
    calls: 3,
    tokens: 900,
    as_of: "2026-11-22T16:00:00Z",
    url: URL_OF_PAGE,
  },
  orderKey: "acme/giant",
  team: null,
} as const;

beforeEach(() => sql`truncate notification_event cascade`);

test("an event is there when its transaction commits, and listeners are told", async () => {
  const { promise: told, resolve } = Promise.withResolvers<void>();
  const { unlisten } = await sql.listen(NOTIFICATION_CHANNEL, () => resolve());
  const id = await sql.begin((tx) => emitEvent(tx, unpriced));
  await told;
  await unlisten();
  const rows =
    await sql`select id, type, data, order_key, team, dispatched_at from notification_event`;
  assert.deepEqual(
    [...rows],
    [
      {
        id,
        type: unpriced.type,
        data: unpriced.data,
        order_key: "acme/giant",
        team: null,
        dispatched_at: null,
      },
    ],
  );
});

test("an event goes with its transaction", async () => {
  const attempt = sql.begin(async (tx) => {
    await emitEvent(tx, unpriced);
    throw new Error("the crossing could not be stored");
  });
  await assert.rejects(attempt, /could not be stored/);
  assert.equal((await sql`select from notification_event`).length, 0);
});

test("an event that does not say what its type promises is refused", async () => {
  const data = { ...unpriced.data, calls: -1, url: "javascript:alert(1)" };
  await assert.rejects(
    sql.begin((tx) => emitEvent(tx, { ...unpriced, data })),
    /model\.unpriced: .*calls.*url/s,
  );
  const large = { ...unpriced.data, note: "x".repeat(20_000) };
  await assert.rejects(
    sql.begin((tx) => emitEvent(tx, { ...unpriced, data: large })),
    /larger than 20000 bytes/,
  );
});
