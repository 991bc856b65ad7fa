import assert from "node:assert/strict";
import { test } from "node:test";
import { formatDuration } from "./format-duration.ts";

test("a length of time stands in its fitting unit", () => {
  assert.equal(formatDuration(0.42, "en"), "0.42 ms");
  assert.equal(formatDuration(850, "en"), "850 ms");
  assert.equal(formatDuration(1_249, "en"), "1.2 sec");
  assert.equal(formatDuration(210_000, "en"), "3.5 min");
  assert.equal(formatDuration(7_560_000, "en"), "2.1 hr");
});
