import assert from "node:assert/strict";
import { test } from "node:test";
import { readFilters } from "#app/_query/filters.ts";
import { askedPairs } from "./asked-pairs.ts";

test("asking something else keeps a filter on what is unknown, and says nothing of empty fields", () => {
  const form = new FormData();
  for (const [name, value] of [
    ["filter.agent", ""],
    ["filter.agent", "planner"],
    ["measure", "tokens"],
    ["then", ""],
    ["value", ""],
  ] as const) {
    form.append(name, value);
  }
  const pairs = askedPairs(form);
  assert.deepEqual(pairs.slice(2), [["measure", "tokens"]]);
  const agents = pairs.flatMap(([name, value]) => (name === "filter.agent" ? [value] : []));
  assert.deepEqual(readFilters({ "filter.agent": agents }), { agent: [null, "planner"] });
});
