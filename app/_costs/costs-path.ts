import { UNALLOCATED } from "#lib/usage/unallocated.ts";

/** Where the costs of a team, or of all, are told; what nobody owns has no cost model, and stands in the list of teams. */
export function costsPath(team: string): `/cost-models${string}` {
  return team === UNALLOCATED ? "/cost-models" : `/cost-models/${encodeURIComponent(team)}`;
}
