import assert from "node:assert/strict";
import { test } from "node:test";
import { explainAllocation } from "./explain.ts";
import type { AllocationRule } from "./rule.ts";

const rule = (id: string, attribute: string, value: string, team = "search"): AllocationRule => ({
  id,
  conditions: [{ attribute, operator: "equals", value }],
  assign: { team },
});
const plan = (...rules: AllocationRule[]) => ({
  rules,
  teams: ["search", "payments"].map((slug) => ({ slug, name: slug, costCenter: null })),
});
const explain = (
  attributes: Record<string, string>,
  rules: AllocationRule[],
  keyTeam: string | null = null,
) =>
  explainAllocation(plan(...rules), {
    attributeOf: (name) => attributes[name],
    startedAtMs: 0,
    ...{ project: undefined, environment: undefined, workflow: undefined, user: undefined },
    keyTeam,
  });

test("the first rule that holds takes the event, and those after it are not asked", () => {
  const { allocation, trials } = explain({ service: "Chat" }, [
    rule("1", "service", "batch"),
    rule("2", "service", "chat"),
    rule("3", "service", "chat", "payments"),
  ]);
  assert.equal(allocation.team, "search");
  assert.equal(allocation.because, "rule");
  assert.deepEqual(
    trials.map(({ ruleId, takes }) => [ruleId, takes]),
    [
      ["1", false],
      ["2", true],
    ],
  );
  assert.deepEqual(trials[0]?.conditions[0], {
    condition: { attribute: "service", operator: "equals", value: "batch" },
    actual: "Chat",
    holds: false,
  });
});

test("without a rule it is the telemetry, then the key, then nothing", () => {
  assert.equal(explain({ "team.id": "payments" }, [], "search").allocation.because, "attribute");
  assert.equal(explain({}, [], "search").allocation.because, "key");
  assert.equal(explain({}, []).allocation.because, "nothing");
  assert.equal(explain({}, []).allocation.team, "unallocated");
});

test("a rule that gives no team takes the event and leaves the team to the telemetry", () => {
  const tag: AllocationRule = { id: "1", conditions: [], assign: { project: "atlas" } };
  const { allocation, trials } = explain({ team: "payments" }, [tag]);
  assert.deepEqual([allocation.team, allocation.project], ["payments", "atlas"]);
  assert.equal(allocation.because, "attribute");
  assert.equal(trials[0]?.takes, true);
});
