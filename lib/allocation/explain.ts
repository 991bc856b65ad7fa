import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { type Allocation, type AllocationPlan, createAllocator } from "./allocate.ts";
import { type AttributeOf, type Condition, conditionHolds } from "./rule.ts";

/** One condition against what the event holds. */
export type ConditionTrial = {
  readonly condition: Condition;
  /** Null where the event has no such attribute. */
  readonly actual: string | null;
  readonly holds: boolean;
};

/** One rule, asked. The rules after the one that takes the event are never asked. */
export type RuleTrial = {
  readonly ruleId: string;
  readonly takes: boolean;
  readonly conditions: readonly ConditionTrial[];
};

export type Explanation = {
  readonly allocation: Allocation;
  /** In order, up to the rule that takes the event. */
  readonly trials: readonly RuleTrial[];
  /** What gave the team: a rule, an attribute of the telemetry, the key, or nothing. */
  readonly because: "rule" | "attribute" | "key" | "nothing";
};

/** Says how an event with these attributes is allocated, and why. Pure; agrees with `createAllocator` by using it. */
export function explainAllocation(
  plan: AllocationPlan,
  attributeOf: AttributeOf,
  keyTeam: string | null,
): Explanation {
  const allocate = createAllocator(plan);
  const event = { attributeOf, project: undefined, environment: undefined, workflow: undefined };
  const allocation = allocate({ ...event, keyTeam });
  const withoutKey = allocate({ ...event, keyTeam: null });
  const rule = plan.rules.find(({ id }) => id === allocation.ruleId);
  const because =
    rule?.assign.team !== undefined
      ? "rule"
      : withoutKey.team !== UNALLOCATED
        ? "attribute"
        : allocation.team === UNALLOCATED
          ? "nothing"
          : "key";
  const last = plan.rules.findIndex(({ id }) => id === allocation.ruleId);
  const asked = last === -1 ? plan.rules : plan.rules.slice(0, last + 1);
  return {
    allocation,
    because,
    trials: asked.map(({ id, conditions }) => ({
      ruleId: id,
      takes: id === allocation.ruleId,
      conditions: conditions.map((condition) => {
        const actual = attributeOf(condition.attribute);
        return { condition, actual: actual ?? null, holds: conditionHolds(condition, actual) };
      }),
    })),
  };
}
