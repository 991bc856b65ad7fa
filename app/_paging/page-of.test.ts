import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { pageOf } from "./page-of.ts";

test("the pages of a list are the list, each row once and in its order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_200 }), (count) => {
      const rows = Array.from({ length: count }, (_, index) => index);
      const { pages } = pageOf(rows, undefined);
      const told = Array.from({ length: pages }, (_, index) => pageOf(rows, String(index + 1)));
      assert.deepEqual(
        told.flatMap((shown) => shown.rows),
        rows,
      );
      for (const { rows: some, first } of told) assert.equal(some[0] ?? first - 1, first - 1);
    }),
  );
});

test("an address that names no page opens the nearest", () => {
  const rows = Array.from({ length: 401 }, (_, index) => index);
  const pageAsked = (asked: string | undefined) => pageOf(rows, asked).page;
  assert.deepEqual(
    ["0", "-1", "x", "2.5", undefined, "", "2", "999999", "9999999"].map(pageAsked),
    [1, 1, 1, 1, 1, 1, 2, 3, 1],
  );
});
