import assert from "node:assert/strict";
import { test } from "node:test";
import { formatUntil } from "./format-time.ts";

test("what ends with a day is told by that day, also on the day on which the clock turns", () => {
  const zone = "America/New_York";
  assert.equal(formatUntil(new Date("2026-11-27T05:00:00Z"), "en", zone), "Nov 26, 2026");
  assert.equal(formatUntil(new Date("2026-11-02T05:00:00Z"), "en", zone), "Nov 1, 2026");
  assert.match(formatUntil(new Date("2026-11-27T14:30:00Z"), "en", zone), /Nov 27, 2026, 09:30/);
});
