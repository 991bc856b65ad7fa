import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Turns } from "./turns.ts";

test("turns come one at a time, in the order in which they were asked for", async () => {
  const turns = new Turns();
  const taken: string[] = [];
  const all = ["a", "b"].map((name) => turns.next().then(() => taken.push(name)));
  await all[0];
  assert.deepEqual(taken, ["a"]);
  await all[1];
  assert.deepEqual(taken, ["a", "b"]);
});

test("nobody gets a turn while the lock is held, however often", async () => {
  const turns = new Turns();
  turns.hold();
  turns.hold();
  let isMine = false;
  const mine = turns.next().then(() => {
    isMine = true;
  });
  turns.release();
  await setImmediate();
  await setImmediate();
  assert.equal(isMine, false);
  turns.release();
  await mine;
});
