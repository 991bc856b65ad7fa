import { type Amount, sumAmounts } from "./amount.ts";
import type { Budget } from "./budget.ts";
import { periodKey } from "./print-budget.ts";
import { isWithin, type TeamParent } from "./scope.ts";

export const ROLL_UP_PROBLEMS = [
  "children_exceed",
  "outside_parent",
  "other_period",
  "other_unit",
] as const;

/** What is wrong between a budget and the one above it, or those below it. */
export type RollUpProblem =
  | { readonly kind: "children_exceed"; readonly over: Amount }
  | { readonly kind: "outside_parent"; readonly child: string }
  | { readonly kind: "other_period"; readonly child: string }
  | { readonly kind: "other_unit"; readonly child: string };

/** A budget and the limit that is in force for it now: with what was carried over and increases. */
export type LimitedBudget = { readonly budget: Budget; readonly limit: Amount };

/** A budget against those below it, by the limits in force. */
export type RollUp = {
  readonly children: readonly LimitedBudget[];
  /** Of the children that can be compared: same unit and period. */
  readonly allotted: Amount;
  /** Below zero when the children have more than the parent. */
  readonly unallotted: Amount;
  readonly problems: readonly RollUpProblem[];
};

/**
 * Checks a parent's limit against the limits of its children. An increase of a
 * child, or what was carried into its period, must find its money in the parent
 * too, so limits are compared as they hold now and not as they were set.
 *
 * @param budgets All budgets that may be children, the parent's own among them or not.
 */
export function rollUpOf(
  { budget: parent, limit }: LimitedBudget,
  budgets: readonly LimitedBudget[],
  teams: readonly TeamParent[],
): RollUp {
  const children = budgets.filter(({ budget }) => budget.parentId === parent.id);
  const comparable = children.filter(
    ({ budget }) => budget.unit === parent.unit && isSamePeriod(budget, parent),
  );
  const allotted = sumAmounts(comparable.map((child) => child.limit));
  const unallotted = (limit - allotted) as Amount;
  const problems = children.flatMap(({ budget }) => problemsOf(budget, parent, teams));
  if (unallotted < 0n) {
    problems.unshift({ kind: "children_exceed", over: -unallotted as Amount });
  }
  return { children, allotted, unallotted, problems };
}

/** Whether making `parentId` the parent of `id` would close a loop. */
export function wouldLoop(id: string, parentId: string, budgets: readonly Budget[]): boolean {
  const parents = new Map(budgets.map((budget) => [budget.id, budget.parentId]));
  const seen = new Set<string>();
  for (let at: string | null = parentId; at !== null; at = parents.get(at) ?? null) {
    if (at === id || seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

function problemsOf(child: Budget, parent: Budget, teams: readonly TeamParent[]): RollUpProblem[] {
  const problems: RollUpProblem[] = [];
  if (!isWithin(child.scope, parent.scope, teams)) {
    problems.push({ kind: "outside_parent", child: child.id });
  }
  if (child.unit !== parent.unit) problems.push({ kind: "other_unit", child: child.id });
  if (!isSamePeriod(child, parent)) problems.push({ kind: "other_period", child: child.id });
  return problems;
}

function isSamePeriod(a: Budget, b: Budget): boolean {
  return periodKey(a) === periodKey(b);
}
