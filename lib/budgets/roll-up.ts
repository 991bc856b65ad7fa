import { type Amount, sumAmounts } from "./amount.ts";
import type { Budget } from "./budget.ts";
import { periodKey } from "./print-budget.ts";
import { isWithin, type TeamParent } from "./scope.ts";

/** What is wrong between a budget and the one above it, or those below it. */
export type RollUpProblem =
  | { readonly kind: "children_exceed"; readonly over: Amount }
  | { readonly kind: "outside_parent"; readonly child: string }
  | { readonly kind: "other_period"; readonly child: string }
  | { readonly kind: "other_unit"; readonly child: string };

/** A budget against those below it. */
export type RollUp = {
  readonly children: readonly string[];
  /** Of the children that can be compared: same unit and period. */
  readonly allotted: Amount;
  /** Below zero when the children have more than the parent. */
  readonly unallotted: Amount;
  readonly problems: readonly RollUpProblem[];
};

/** Checks a parent's limit against the limits of its children. */
export function rollUpOf(
  parent: Budget,
  budgets: readonly Budget[],
  teams: readonly TeamParent[],
): RollUp {
  const children = budgets.filter(({ parentId }) => parentId === parent.id);
  const comparable = children.filter(
    (child) => child.unit === parent.unit && isSamePeriod(child, parent),
  );
  const allotted = sumAmounts(comparable.map(({ limit }) => limit));
  const unallotted = (parent.limit - allotted) as Amount;
  const problems: RollUpProblem[] = children.flatMap((child) => problemsOf(child, parent, teams));
  if (unallotted < 0n) {
    problems.unshift({ kind: "children_exceed", over: -unallotted as Amount });
  }
  return { children: children.map(({ id }) => id), allotted, unallotted, problems };
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
