import { addCosts, type Costs, hasCosts, NO_COSTS } from "#lib/cost-model/costs.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, text, time } from "#lib/tables/column.ts";
import type { TeamCostLine } from "./team-costs.ts";
import type { CostBasis } from "./usage-query.ts";

export const TEAM_COST_GROUPS = ["team", "cost_center", "charge"] as const;
export type TeamCostGroup = (typeof TEAM_COST_GROUPS)[number];

/** One part of a group's cost. */
export type CostPart = Pick<TeamCostLine, "kind" | "charge" | "pool" | "costs">;

/** The cost of a team, a cost center or a charge in a bucket. */
export type CostGroup = {
  readonly bucketStart: Date;
  readonly bucketEnd: Date;
  /** Null: no cost center; of charges: what is about none. */
  readonly value: string | null;
  readonly costs: Costs;
  readonly parts: readonly CostPart[];
};

/** The lines by bucket and group, each group with its parts; together they are the lines' sum. */
export function groupTeamCosts(lines: readonly TeamCostLine[], by: TeamCostGroup): CostGroup[] {
  const groups = Map.groupBy(lines, (line) =>
    JSON.stringify([line.bucketStart.getTime(), groupOf(line, by)]),
  );
  return [...groups.values()]
    .flatMap((group): CostGroup[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { bucketStart, bucketEnd } = first;
      const costs = group.reduce((sum, line) => addCosts(sum, line.costs), NO_COSTS);
      return [{ bucketStart, bucketEnd, value: groupOf(first, by), costs, parts: partsOf(group) }];
    })
    .toSorted(byBucketAndCost);
}

/** By bucket, dearest first. */
function byBucketAndCost(a: CostGroup, b: CostGroup): number {
  const time = a.bucketStart.getTime() - b.bucketStart.getTime();
  if (time !== 0) return time;
  if (a.costs.effective !== b.costs.effective) {
    return a.costs.effective > b.costs.effective ? -1 : 1;
  }
  return (a.value ?? "\uffff") < (b.value ?? "\uffff") ? -1 : 1;
}

function groupOf({ team, costCenter, charge }: TeamCostLine, by: TeamCostGroup): string | null {
  if (by === "team") return team;
  return by === "cost_center" ? costCenter : (charge?.name ?? null);
}

function partsOf(lines: readonly TeamCostLine[]): CostPart[] {
  const parts = new Map<string, CostPart>();
  for (const { kind, charge, pool, costs } of lines) {
    const key = JSON.stringify([kind, charge?.id, pool?.id]);
    const sum = addCosts(parts.get(key)?.costs ?? NO_COSTS, costs);
    parts.set(key, { kind, charge, pool, costs: sum });
  }
  return [...parts.values()].filter(({ costs }) => hasCosts(costs));
}

/** One row of the file: a part of a group. */
export type TeamCostRow = { readonly group: CostGroup; readonly part: CostPart };

export function teamCostRows(groups: readonly CostGroup[]): readonly TeamCostRow[] {
  return groups.flatMap((group) => group.parts.map((part) => ({ group, part })));
}

/** `cost` is the one that was asked for. */
export function teamCostColumns(
  by: TeamCostGroup,
  basis: CostBasis,
): readonly Column<TeamCostRow>[] {
  return [
    time("bucket_start", ({ group }) => group.bucketStart),
    time("bucket_end", ({ group }) => group.bucketEnd),
    text(by, ({ group }) => group.value),
    text("line", ({ part }) => part.kind),
    text("charge_id", ({ part }) => part.charge?.id),
    text("charge_name", ({ part }) => part.charge?.name),
    text("shared_cost_id", ({ part }) => part.pool?.id),
    text("shared_cost_name", ({ part }) => part.pool?.name),
    amount("list_cost", ({ part }) => part.costs.list),
    amount("contracted_cost", ({ part }) => part.costs.contracted),
    amount("effective_cost", ({ part }) => part.costs.effective),
    amount("billed_cost", ({ part }) => part.costs.billed),
    amount("cost", ({ part }) => part.costs[basis]),
    text("currency", () => CURRENCY),
  ];
}
