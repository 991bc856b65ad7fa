import assert from "node:assert/strict";
import { test } from "node:test";
import { filterPairs, readFilters, withFilter, withoutFilter } from "./filters.ts";

test("a filter survives the way through the URL, also an unknown value", () => {
  const filters = readFilters({
    "filter.team": ["payments", "search"],
    "filter.agent": "",
    "filter.secret": "x",
    period: "7d",
  });
  assert.deepEqual(filters, { team: ["payments", "search"], agent: [null] });
  const params = new URLSearchParams(filterPairs(filters));
  assert.equal(params.toString(), "filter.team=payments&filter.team=search&filter.agent=");
});

test("narrowing to a value replaces what the dimension was filtered by", () => {
  const narrowed = withFilter({ team: ["a", "b"], model: ["m"] }, "team", "a");
  assert.deepEqual(narrowed, { team: ["a"], model: ["m"] });
  assert.deepEqual(withoutFilter(narrowed, "team"), { model: ["m"] });
});
