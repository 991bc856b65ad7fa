import assert from "node:assert/strict";
import { test } from "node:test";
import { usageFilters } from "./scope.ts";

const TEAMS = [
  { slug: "payments", parent: null },
  { slug: "cards", parent: "payments" },
  { slug: "search", parent: null },
];

test("a scope is the same question to usage, a team with those below it", () => {
  assert.deepEqual(usageFilters({}, TEAMS), {});
  assert.deepEqual(usageFilters({ team: "payments", model: "gpt-5.5" }, TEAMS), {
    team: ["cards", "payments"],
    model: ["gpt-5.5"],
  });
  assert.deepEqual(usageFilters({ cost_center: "CC-1", user: "ann" }, TEAMS), {
    cost_center: ["CC-1"],
    user: ["ann"],
  });
});

test("usage cannot be asked by ingest key", () => {
  assert.equal(usageFilters({ team: "search", key: "k1" }, TEAMS), null);
});
