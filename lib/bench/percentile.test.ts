import assert from "node:assert/strict";
import { test } from "node:test";
import { percentile } from "./percentile.ts";

test("takes the nearest rank, in any order", () => {
  const values = Array.from({ length: 200 }, (_, i) => 200 - i);
  assert.equal(percentile(values, 0.5), 100);
  assert.equal(percentile(values, 0.95), 190);
  assert.equal(percentile(values, 1), 200);
  assert.equal(percentile([7], 0.99), 7);
});

test("has none of no values", () => {
  assert.throws(() => percentile([], 0.5), RangeError);
});
