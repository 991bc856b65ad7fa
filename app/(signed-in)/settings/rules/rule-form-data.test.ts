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
  assert.deepEqual(readRuleForm(form, "UTC"), {
    name: "Batch",
    conditions: [
      { attribute: "service", operator: "equals", value: "batch" },
      { attribute: "team.id", operator: "exists", value: "" },
    ],
    assign: { team: "search" },
    ofTeam: null,
    effectiveTo: null,
  });
});

test("dates are the organisation's, and what is no date is not taken for none", () => {
  const form = new FormData();
  form.set("holds", "date");
  form.set("effectiveFrom", "2026-11-01");
  form.set("effectiveTo", "2026-12-01");
  const read = (): Record<string, unknown> => ({
    ...(readRuleForm(form, "Asia/Taipei") as object),
  });
  assert.deepEqual(read().effectiveFrom, new Date("2026-10-31T16:00:00Z"));
  assert.deepEqual(read().effectiveTo, new Date("2026-11-30T16:00:00Z"));
  form.set("effectiveFrom", "2026-02-30");
  assert.ok(Number.isNaN((read().effectiveFrom as Date).getTime()));
  form.set("holds", "always");
  assert.equal(read().effectiveFrom, null);
  form.set("holds", "now");
  assert.equal("effectiveFrom" in read(), false);
});
