import { z } from "zod";
import type { Costs } from "#lib/cost-model/costs.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { FILTERS } from "#lib/parameters/dimensions.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { CSV_FLAVORS } from "#lib/reports/csv.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type CostGroup, TEAM_COST_GROUPS } from "#lib/reports/team-cost-groups.ts";
import { TEAM_COST_BUCKETS, type TeamCostQuery } from "#lib/reports/team-costs.ts";
import { COST_BASES, type CostBasis } from "#lib/reports/usage-query.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

export const TeamCostParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  group_by: z.enum(TEAM_COST_GROUPS).default("team"),
  bucket: z.enum(TEAM_COST_BUCKETS).default("none"),
  cost: z.enum(COST_BASES).default("effective"),
  "filter.team": FILTERS["filter.team"],
});

export const TeamCostCsvParameters = z.strictObject({
  ...TeamCostParameters.shape,
  flavor: z.enum(CSV_FLAVORS).default("data"),
});

const COSTS = {
  cost: Amount.meta({ description: "The one of the four that was asked for" }),
  list_cost: Amount,
  contracted_cost: Amount,
  effective_cost: Amount,
  billed_cost: Amount,
} as const;
const Named = z.strictObject({ id: z.string(), name: z.string() }).nullable();

export const TeamCostBody = z.strictObject({
  from: Instant,
  to: Instant,
  time_zone: z.string(),
  currency: z.literal(CURRENCY),
  cost_basis: z.enum(COST_BASES),
  as_of: Instant,
  rows: z.array(
    z.strictObject({
      bucket: Instant,
      group: z.record(z.string(), z.string().nullable()),
      ...COSTS,
      lines: z.array(
        z.strictObject({
          line: z.enum(LINE_KINDS),
          charge: Named,
          shared_cost: Named,
          ...COSTS,
        }),
      ),
    }),
  ),
  total: z.strictObject({
    ...COSTS,
    unpriced_calls: z.int().min(0).meta({ description: "With any, the total is a lower bound" }),
  }),
});

/** The question that the parameters ask; periods are of days in the organisation's zone. */
export async function teamCostQueryOf(
  sql: SqlClient,
  input: z.output<typeof TeamCostParameters>,
  nowMs: number,
): Promise<TeamCostQuery> {
  const timeZone = await organizationZone(sql);
  const teams = input["filter.team"];
  return {
    ...periodOf(input, timeZone, nowMs),
    bucket: input.bucket,
    ...(teams === undefined ? {} : { teams }),
  };
}

export function costGroupBody(group: CostGroup, by: string, basis: CostBasis) {
  return {
    bucket: iso(group.bucketStart),
    group: { [by]: group.value },
    ...costsBody(group.costs, basis),
    lines: group.parts.map(({ kind, charge, pool, costs }) => ({
      line: kind,
      charge,
      shared_cost: pool,
      ...costsBody(costs, basis),
    })),
  };
}

export function costsBody(costs: Costs, basis: CostBasis) {
  return {
    cost: toDecimal(costs[basis]),
    list_cost: toDecimal(costs.list),
    contracted_cost: toDecimal(costs.contracted),
    effective_cost: toDecimal(costs.effective),
    billed_cost: toDecimal(costs.billed),
  };
}
