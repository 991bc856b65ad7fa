import assert from "node:assert/strict";
import { test } from "node:test";
import { comparing } from "./compare.ts";
import { readView, sortText } from "./view-params.ts";

test("a view comes back from the address that it was written to, and nothing else is one", () => {
  const sort = { id: "spend", desc: true };
  const params = new URLSearchParams({ sort: sortText(sort) ?? "", columns: "model,spend" });
  assert.deepEqual(readView(params), { sort, columns: ["model", "spend"] });
  const nothing = { sort: null, columns: null };
  for (const text of ["", "sort=", "sort=--x", "sort=a%20b", "sort=-", `sort=${"x".repeat(50)}`]) {
    assert.deepEqual(readView(new URLSearchParams(text)), nothing, text);
  }
});

test("amounts beyond what a double holds are told apart, and texts go by the reader's order", () => {
  const compare = comparing("en");
  const large = 10n ** 30n;
  assert.ok(compare(large, large + 1n) < 0);
  assert.equal(compare(large, large), 0);
  assert.ok(compare("agent 9", "agent 10") < 0);
  assert.ok(compare("Zoë", "apple") > 0);
});
