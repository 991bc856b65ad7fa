import { addUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { TreeTeam } from "./teams.ts";

/** What a team spent itself, and with all teams below it. */
export type TreeSpend = { readonly own: Usd; readonly withBelow: Usd };

/**
 * Adds up spend along a tree. The roots' sums with those below are the sum of
 * all.
 *
 * @param teams In the order of the tree.
 * @param own By slug; a team without any spent nothing.
 */
export function spendInTree(
  teams: readonly TreeTeam[],
  own: ReadonlyMap<string, Usd>,
): ReadonlyMap<string, TreeSpend> {
  const found = new Map<string, TreeSpend>();
  for (const team of teams.toReversed()) {
    const spent = own.get(team.slug) ?? ZERO_USD;
    const below = found.get(team.slug)?.withBelow ?? ZERO_USD;
    const withBelow = addUsd(spent, below);
    found.set(team.slug, { own: spent, withBelow });
    if (team.parent === null || team.depth === 0) continue;
    const above = found.get(team.parent)?.withBelow ?? ZERO_USD;
    found.set(team.parent, { own: ZERO_USD, withBelow: addUsd(above, withBelow) });
  }
  return found;
}
