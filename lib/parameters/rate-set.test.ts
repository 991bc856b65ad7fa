import assert from "node:assert/strict";
import { test } from "node:test";
import { RateSetId } from "./rate-set.ts";

const CASES = [
  ["0", true],
  ["-9223372036854775808", true],
  ["9223372036854775807", true],
  ["9223372036854775808", false],
  ["-9223372036854775809", false],
  ["", false],
  ["1.5", false],
  ["1 or 1", false],
] as const;

for (const [text, isId] of CASES) {
  test(`"${text}" is ${isId ? "an" : "no"} id of a rate set`, () => {
    assert.equal(RateSetId.safeParse(text).success, isId);
  });
}
