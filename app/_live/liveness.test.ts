import assert from "node:assert/strict";
import { test } from "node:test";
import { livenessOf, MOST_SILENT_MS } from "./liveness.ts";

test("a page claims to be live only where it is told of changes and heard so lately", () => {
  const told = { isOpen: true, isOnline: true, silentMs: MOST_SILENT_MS };
  assert.equal(livenessOf(told), "live");
  assert.equal(livenessOf({ ...told, isOpen: false }), "polling");
  assert.equal(livenessOf({ ...told, silentMs: MOST_SILENT_MS + 1 }), "silent");
  assert.equal(livenessOf({ ...told, isOnline: false, silentMs: 0 }), "live");
  assert.equal(livenessOf({ isOpen: false, isOnline: false, silentMs: 0 }), "silent");
});
