import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf } from "./changes-of.ts";

test("a change shows what differs, a new or removed thing all of it", () => {
  assert.deepEqual(changesOf({ role: "viewer", teams: ["a"] }, { role: "admin", teams: ["a"] }), [
    { name: "role", before: "viewer", after: "admin" },
  ]);
  assert.deepEqual(changesOf(null, { label: "ci", team: null }), [
    { name: "label", before: null, after: "ci" },
    { name: "team", before: null, after: "null" },
  ]);
  assert.deepEqual(changesOf({ label: "ci" }, null), [
    { name: "label", before: "ci", after: null },
  ]);
  assert.deepEqual(changesOf(null, null), []);
});
