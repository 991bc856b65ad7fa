import assert from "node:assert/strict";
import { test } from "node:test";
import { readSessionPosition, sessionPositionText } from "./session-position.ts";

test("a place comes back from its text, whatever the session is called", () => {
  for (const session of ["s1", "a_b/c?d", "會話\n2"]) {
    const place = { lastAt: new Date("2026-11-22T16:00:07.123Z"), session };
    assert.deepEqual(readSessionPosition(sessionPositionText(place)), place);
  }
});

test("anything else is no place", () => {
  for (const text of [
    undefined,
    "",
    "x_y",
    "2026-99-99T99:99:99Z_s",
    "2026-11-22T16:00:07Z_a\u0000",
  ]) {
    assert.equal(readSessionPosition(text), undefined);
  }
});
