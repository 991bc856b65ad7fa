import assert from "node:assert/strict";
import { test } from "node:test";
import { restAfter } from "./pace.ts";

test("work that gets its core rests for a moment", () => {
  assert.equal(restAfter(20, 0, 60_000), 8);
  assert.equal(restAfter(20, 2, 60_000), 8);
});

test("long work that waits for a core leaves nine tenths of the time to others", () => {
  assert.equal(restAfter(20, 3, 60_000), 180);
  assert.equal(restAfter(400, 395, 2_001), 200);
});

test("short work does not make itself late", () => {
  assert.equal(restAfter(20, 19, 2_000), 8);
});
