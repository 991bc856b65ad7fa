import {
  type Allocatable,
  type Allocation,
  type AllocationPlan,
  createAllocator,
} from "./allocate.ts";
import {
  type AllocationRule,
  type AttributeOf,
  type Condition,
  conditionHolds,
  ruleTakes,
} from "./rule.ts";
import { findRulesInForce } from "./rules-in-force.ts";

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
  /** Of the rules that split the team which was found, up to the one that takes the event. */
  readonly parts: readonly RuleTrial[];
};

/** Says how an event is allocated, and why. Pure; agrees with `createAllocator` by using it. */
export function explainAllocation(plan: AllocationPlan, event: Allocatable): Explanation {
  const allocation = createAllocator(plan)(event);
  const { general, ofTeam } = findRulesInForce(plan.rules)(event.startedAtMs);
  return {
    allocation,
    trials: tryInTurn(general, event.attributeOf),
    parts: tryInTurn(ofTeam.get(allocation.foundTeam) ?? [], event.attributeOf),
  };
}

function tryInTurn(rules: readonly AllocationRule[], attributeOf: AttributeOf): RuleTrial[] {
  const taking = rules.findIndex((rule) => ruleTakes(rule, attributeOf));
  const asked = taking === -1 ? rules : rules.slice(0, taking + 1);
  return asked.map(({ id, conditions }, index) => ({
    ruleId: id,
    takes: index === taking,
    conditions: conditions.map((condition) => {
      const actual = attributeOf(condition.attribute);
      return { condition, actual: actual ?? null, holds: conditionHolds(condition, actual) };
    }),
  }));
}
