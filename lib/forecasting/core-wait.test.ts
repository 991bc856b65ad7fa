import assert from "node:assert/strict";
import { test } from "node:test";
import { waitedForCore, waitIn } from "./core-wait.ts";

test("the wait for a core is the second figure, in nanoseconds", () => {
  assert.equal(waitIn("39170931 5250000 127\n"), 5.25);
});

test("what is no such line says nothing of a wait", () => {
  assert.equal(waitIn(""), 0);
  assert.equal(waitIn("0 x 1"), 0);
});

test("a thread's wait never shrinks", () => {
  const before = waitedForCore();
  assert.ok(before >= 0);
  assert.ok(waitedForCore() >= before);
});
