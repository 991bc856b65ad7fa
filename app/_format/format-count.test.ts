import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCompact, formatShare } from "./format-count.ts";

test("says 100 % only of the whole and 0 % only of nothing", () => {
  assert.equal(formatShare(999_999n, 1_000_000n, "en"), "99.9%");
  assert.equal(formatShare(1n, 1_000_000n, "en"), "0.1%");
  assert.equal(formatShare(5n, 5n, "en"), "100%");
  assert.equal(formatShare(0n, 5n, "en"), "0%");
});

test("writes one decimal of every part, so that a column lines up", () => {
  assert.equal(formatShare(1n, 50n, "en"), "2.0%");
  assert.equal(formatShare(1n, 3n, "en"), "33.3%");
});

test("has no share of nothing", () => {
  assert.equal(formatShare(0n, 0n, "en"), null);
});

test("keeps three digits of large counts", () => {
  assert.equal(formatCompact(1_234_567, "en"), "1.23M");
  assert.equal(formatCompact(987, "en"), "987");
});
