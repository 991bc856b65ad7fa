import type { ListedBudget } from "#lib/budget-control/read-budgets.ts";
import type { BudgetStatus } from "#lib/budgets/status.ts";
import type { Team } from "#lib/organization/teams.ts";
import { NO_MEASURES } from "#lib/reports/measures.ts";
import type { Measures, UsageResult } from "#lib/reports/usage-query.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";

export type TeamRow = {
  readonly slug: string;
  readonly name: string;
  /** The name of the team above it. */
  readonly parent: string | null;
  readonly measures: Measures;
  readonly before: Measures;
  readonly budget: BudgetStatus | null;
};

/** A row for each team in use, and for each that has spend. */
export function teamRows({
  teams,
  usage,
  before,
  budgets,
}: {
  readonly teams: readonly Team[];
  readonly usage: UsageResult;
  readonly before: UsageResult;
  readonly budgets: readonly ListedBudget[];
}): TeamRow[] {
  const names = new Map(teams.map(({ slug, name }) => [slug, name]));
  const known = new Map(teams.map((team) => [team.slug, team]));
  const spent = byTeam(usage);
  const spentBefore = byTeam(before);
  const inUse = teams.filter(({ archivedAt }) => archivedAt === null).map(({ slug }) => slug);
  const slugs = new Set([...inUse, ...spent.keys(), ...spentBefore.keys()]);
  return [...slugs].map((slug) => ({
    slug,
    name: names.get(slug) ?? slug,
    parent: names.get(known.get(slug)?.parent ?? "") ?? null,
    measures: spent.get(slug) ?? NO_MEASURES,
    before: spentBefore.get(slug) ?? NO_MEASURES,
    budget: budgetOf(slug, budgets),
  }));
}

function descending(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? 1 : -1;
}

function byTeam({ rows }: UsageResult): ReadonlyMap<string, Measures> {
  return new Map(rows.map(({ group, measures }) => [group.team ?? UNALLOCATED, measures]));
}

/** The budget for all that a team spends; of several, the largest. */
function budgetOf(slug: string, budgets: readonly ListedBudget[]): BudgetStatus | null {
  const own = budgets
    .map(({ status }) => status)
    .filter(({ budget: { scope } }) => scope.team === slug && Object.keys(scope).length === 1);
  const sorted = own.toSorted((a, b) => descending(a.limit.total, b.limit.total));
  return sorted[0] ?? null;
}
