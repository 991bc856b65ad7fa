import assert from "node:assert/strict";
import { test } from "node:test";
import { authSetupToken } from "#lib/db/schema/auth.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { consumeSetupToken, createSetupToken, isSetupTokenUsable } from "./setup-token.ts";

const { db } = await createTestDatabase();
const now = new Date("2026-11-22T12:00:00Z");
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);

test("a token works once, also when two people use it at the same time", async () => {
  const token = await createSetupToken(db, now);
  assert.equal(await isSetupTokenUsable(db, token, now), true);
  const results = await Promise.all([1, 2, 3].map(() => consumeSetupToken(db, token, now)));
  assert.deepEqual(results.toSorted(), [false, false, true]);
  assert.equal(await isSetupTokenUsable(db, token, now), false);
});

test("a token ends after a week or with the next one", async () => {
  const first = await createSetupToken(db, now);
  assert.equal(await isSetupTokenUsable(db, first, days(6.9)), true);
  assert.equal(await isSetupTokenUsable(db, first, days(7)), false);
  const second = await createSetupToken(db, now);
  assert.equal(await consumeSetupToken(db, first, now), false);
  assert.equal(await consumeSetupToken(db, second, now), true);
});

test("what fails after using a token leaves it usable", async () => {
  const token = await createSetupToken(db, now);
  const attempt = db.transaction(async (tx) => {
    assert.equal(await consumeSetupToken(tx, token, now), true);
    throw new Error("the admin could not be stored");
  });
  await assert.rejects(attempt, /could not be stored/);
  assert.equal(await consumeSetupToken(db, token, now), true);
});

test("the database holds no token, only hashes", async () => {
  const token = await createSetupToken(db, now);
  const rows = await db.select().from(authSetupToken);
  assert.ok(!JSON.stringify(rows).includes(token));
});
