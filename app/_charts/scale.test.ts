import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { axisTicks, labelStep } from "./scale.ts";

test("marks are round, and the last is the first that is not below the tallest bar", () => {
  assert.deepEqual(axisTicks(88, false), [0, 25, 50, 75, 100]);
  assert.deepEqual(axisTicks(100, false), [0, 25, 50, 75, 100]);
  assert.deepEqual(axisTicks(0.3, false), [0, 0.1, 0.2, 0.30000000000000004]);
  assert.deepEqual(axisTicks(3, true), [0, 1, 2, 3]);
  assert.deepEqual(axisTicks(9, true), [0, 3, 6, 9]);
  assert.deepEqual(axisTicks(0, false), [0, 1]);
});

test("every bar fits under the last mark, with few marks", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e15, noNaN: true }), fc.boolean(), (most, isWhole) => {
      const ticks = axisTicks(most, isWhole);
      assert.ok((ticks.at(-1) ?? 0) >= most * (1 - 1e-6));
      assert.ok((ticks.at(-2) ?? 0) < most);
      assert.ok(ticks.length <= 5);
    }),
  );
});

test("names leave each other room", () => {
  assert.equal(labelStep(7, 12), 1);
  assert.equal(labelStep(23, 12), 2);
  assert.equal(labelStep(90, 12), 8);
});
