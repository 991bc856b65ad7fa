import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd } from "#lib/money/money.ts";
import { explainChange, type PastLeaf } from "./explanation.ts";

function leaf(model: string, actual: string): PastLeaf {
  const dimensions = { team: "payments", project: "", agent: "reviewer", workflow: "", model };
  return { dimensions, actual: parseUsd(actual), past: [parseUsd("0")] };
}

test("what no call tells of is no cause, and what cost nothing is no driver", () => {
  const { explanation } = explainChange([leaf("gpt-5.5", "192.85"), leaf("", "0")]);
  const named = (drivers: typeof explanation.contributions) =>
    drivers.map(({ dimension, value }) => `${dimension}=${value}`).toSorted();
  const all = ["agent=reviewer", "model=gpt-5.5", "team=payments"];
  assert.deepEqual(named(explanation.causes), all);
  assert.deepEqual(named(explanation.contributions), all);
});
