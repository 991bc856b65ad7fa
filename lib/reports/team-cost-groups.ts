import { addCosts, type Costs, hasCosts, NO_COSTS } from "#lib/cost-model/costs.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { type CsvFlavor, csvHeader, csvRow } from "./csv.ts";
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

export function teamCostCsvHeader(by: TeamCostGroup, flavor: CsvFlavor): string {
  return csvHeader(
    [
      ...["bucket_start", "bucket_end", by, "line", "charge_id", "charge_name"],
      ...["shared_cost_id", "shared_cost_name"],
      ...["list_cost", "contracted_cost", "effective_cost", "billed_cost", "cost", "currency"],
    ],
    flavor,
  );
}

/** One row for each part of a group; `cost` is the one that was asked for. */
export function teamCostCsvRows(group: CostGroup, basis: CostBasis, flavor: CsvFlavor): string {
  const { bucketStart, bucketEnd, value } = group;
  return group.parts
    .map(({ kind, charge, pool, costs }) =>
      csvRow(
        [
          { time: bucketStart },
          { time: bucketEnd },
          { text: value },
          { text: kind },
          { text: charge?.id ?? null },
          { text: charge?.name ?? null },
          { text: pool?.id ?? null },
          { text: pool?.name ?? null },
          { number: toDecimal(costs.list) },
          { number: toDecimal(costs.contracted) },
          { number: toDecimal(costs.effective) },
          { number: toDecimal(costs.billed) },
          { number: toDecimal(costs[basis]) },
          { text: CURRENCY },
        ],
        flavor,
      ),
    )
    .join("");
}
