import { type AllocationRule, isInForce } from "./rule.ts";

/** The rules to ask for an event, in their order. */
export type RulesInForce = {
  /** Asked first, for every event. */
  readonly general: readonly AllocationRule[];
  /** Asked for what would fall to a team, by its slug. */
  readonly ofTeam: ReadonlyMap<string, readonly AllocationRule[]>;
};

/**
 * Finds the rules in force at an instant. Between two instants at which a rule
 * begins or ends they are the same, so each such stretch is sorted out once:
 * old versions cost new events nothing.
 *
 * @param rules All versions that may be asked, in their order.
 */
export function findRulesInForce(rules: readonly AllocationRule[]): (atMs: number) => RulesInForce {
  const bounds = new Set(rules.flatMap(({ fromMs, toMs }) => [fromMs ?? [], toMs ?? []].flat()));
  const edges = [...bounds].sort((a, b) => a - b);
  const stretches = new Map<number, RulesInForce>();
  return (atMs) => {
    const index = edgesUntil(edges, atMs);
    let found = stretches.get(index);
    if (found === undefined) {
      found = rulesAt(rules, atMs);
      stretches.set(index, found);
    }
    return found;
  };
}

/** How many of the ascending edges are at the instant or before. */
function edgesUntil(edges: readonly number[], atMs: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rulesAt(rules: readonly AllocationRule[], atMs: number): RulesInForce {
  const inForce = rules.filter((rule) => isInForce(rule, atMs));
  const parts = inForce.filter(({ ofTeam }) => (ofTeam ?? null) !== null);
  return {
    general: inForce.filter(({ ofTeam }) => (ofTeam ?? null) === null),
    ofTeam: Map.groupBy(parts, ({ ofTeam }) => ofTeam ?? ""),
  };
}
