import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parametersIn, queryText } from "./query-parameters.ts";

test("a query reads as it was meant, and comes back whatever it holds", () => {
  assert.equal(
    queryText({ to: "2026-12-01T00:00:00Z", group_by: "team,model" }),
    "group_by=team,model&to=2026-12-01T00:00:00Z",
  );
  const value = fc.oneof(fc.string(), fc.constantFrom("%2C", "a,b:c", "a&b=c", "預算 +"));
  fc.assert(
    fc.property(value, fc.array(value, { minLength: 1 }), (one, many) => {
      const parameters = { "filter.team": many, group_by: one };
      assert.deepEqual(parametersIn(queryText(parameters)), parameters);
      // As a parameter of an address, as links to a check have it.
      const inner = queryText(parameters);
      assert.equal(new URLSearchParams(queryText({ parameters: inner })).get("parameters"), inner);
    }),
  );
});
