import assert from "node:assert/strict";
import { test } from "node:test";
import { createLoader, createSerializer } from "nuqs/server";
import { comparing } from "./compare.ts";
import { VIEW_PARAMS } from "./view-params.ts";

const read = createLoader(VIEW_PARAMS);
const write = createSerializer(VIEW_PARAMS);

test("a view comes back from the address that it was written to, and nothing else is one", () => {
  const view = { sort: { id: "spend", desc: true }, columns: ["model", "spend"] };
  assert.equal(write(view), "?sort=-spend&columns=model,spend");
  assert.deepEqual(read(write(view)), view);
  const nothing = { sort: null, columns: null };
  for (const text of ["", "sort=", "sort=--x", "sort=a%20b", "sort=-", `sort=${"x".repeat(50)}`]) {
    assert.deepEqual(read(new URLSearchParams(text)), nothing, text);
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
