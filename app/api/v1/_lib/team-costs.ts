import { z } from "zod";
import type { Costs } from "#lib/cost-model/costs.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import type { CostGroup } from "#lib/reports/team-cost-groups.ts";
import { COST_BASES, type CostBasis } from "#lib/reports/usage-query.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

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
