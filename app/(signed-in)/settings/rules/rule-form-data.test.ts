import assert from "node:assert/strict";
import { test } from "node:test";
import { readRuleForm } from "./rule-form-data.ts";

test("reads the lines that are filled in, and leaves out what is not given", () => {
  const form = new FormData();
  form.set("name", "Batch");
  for (const [attribute, operator, value] of [
    ["service", "equals", "batch"],
    [" ", "equals", ""],
    ["team.id", "exists", ""],
  ] as const) {
    form.append("attribute", attribute);
    form.append("operator", operator);
    form.append("value", value);
  }
  form.set("assign.team", "search");
  form.set("assign.project", "  ");
  assert.deepEqual(readRuleForm(form), {
    name: "Batch",
    conditions: [
      { attribute: "service", operator: "equals", value: "batch" },
      { attribute: "team.id", operator: "exists", value: "" },
    ],
    assign: { team: "search" },
  });
});
