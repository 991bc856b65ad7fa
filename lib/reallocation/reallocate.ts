import type { Allocation } from "#lib/allocation/allocate.ts";
import type { AllocationRule } from "#lib/allocation/rule.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

/** Whom an event is given to, and by which rule. */
export type Allocated = Pick<
  Allocation,
  "team" | "project" | "environment" | "workflow" | "costCenter" | "ruleId"
>;

/**
 * Whom an event is given to when the rules and the organisation of today are
 * applied to it again.
 *
 * What was above it in its trace may be known no more: then what the rules see
 * of it is less than what they saw when it arrived, and what it does not show
 * any more must not take it from its team. Such an event moves only where a rule
 * takes it by what it still shows, where the rule that took it is not in force
 * any more, or where it had no team.
 *
 * @param isWhole Whether all that is above the event in its trace is known.
 * @param inForce The rules in force when it started, in their order.
 */
export function reallocate(
  before: Allocated,
  now: Allocated,
  isWhole: boolean,
  inForce: readonly AllocationRule[],
): Allocated {
  if (isWhole) return now;
  if (now.ruleId === before.ruleId) return before.team === UNALLOCATED ? now : before;
  const place = (id: string | null) => inForce.findIndex((rule) => rule.id === id);
  const [had, has] = [place(before.ruleId), place(now.ruleId)];
  if (had === -1) {
    const isMore = has !== -1 || before.ruleId !== null || before.team === UNALLOCATED;
    return isMore ? now : before;
  }
  return has !== -1 && has < had ? now : before;
}
