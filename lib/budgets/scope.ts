import { SCOPE_DIMENSIONS, type Scope, type ScopeDimension } from "./budget.ts";

/** A team and its parent; null at the top. */
export type TeamParent = { readonly slug: string; readonly parent: string | null };

/** What a call is filed under; null where unknown. */
export type CallDimensions = { readonly [D in ScopeDimension]: string | null };

/** A team with those below it, whatever loops the parents have. */
export function teamsBelow(slug: string, teams: readonly TeamParent[]): string[] {
  const found = new Set([slug]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const team of teams) {
      if (team.parent !== null && found.has(team.parent)) found.add(team.slug);
    }
  }
  return [...found].sort();
}

/** Whether a budget of this scope pays for a call, and the first thing that says no. */
export function coverage(
  scope: Scope,
  call: CallDimensions,
  teams: readonly TeamParent[],
): { readonly covers: boolean; readonly because: ScopeDimension | null } {
  for (const dimension of SCOPE_DIMENSIONS) {
    const wanted = scope[dimension];
    if (wanted === undefined) continue;
    const value = call[dimension];
    const holds =
      dimension === "team"
        ? value !== null && teamsBelow(wanted, teams).includes(value)
        : value === wanted;
    if (!holds) return { covers: false, because: dimension };
  }
  return { covers: true, because: null };
}

/** A scope as filters of usage, a team with those below it; null where an ingest key narrows it. */
export function usageFilters(
  { team, key, ...same }: Scope,
  teams: readonly TeamParent[],
): { readonly [D in Exclude<ScopeDimension, "key">]?: readonly string[] } | null {
  if (key !== undefined) return null;
  const others = Object.entries(same).map(([dimension, value]) => [dimension, [value]]);
  return {
    ...(team !== undefined && { team: teamsBelow(team, teams) }),
    ...Object.fromEntries(others),
  };
}

/** Whether all that a scope covers is covered by another, too. */
export function isWithin(inner: Scope, outer: Scope, teams: readonly TeamParent[]): boolean {
  return SCOPE_DIMENSIONS.every((dimension) => {
    const wanted = outer[dimension];
    if (wanted === undefined) return true;
    const own = inner[dimension];
    if (own === undefined) return false;
    return dimension === "team" ? teamsBelow(wanted, teams).includes(own) : own === wanted;
  });
}
