import assert from "node:assert/strict";
import { test } from "node:test";
import { positionText, readPosition } from "./position.ts";

test("a place in the list survives the URL and nothing else is taken for one", () => {
  const position = {
    startedAt: new Date("2026-11-22T16:00:07.123Z"),
    id: "01939d3e-7b23-8abc-9def-0123456789ab",
  };
  assert.deepEqual(readPosition(positionText(position)), position);
  for (const text of [undefined, "", "2026-11-22T16:00:07Z", "2026-99-99T00:00:00Z_x", "'; drop"]) {
    assert.equal(readPosition(text), undefined);
  }
});
