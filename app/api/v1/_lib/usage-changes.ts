import { z } from "zod";
import type { SqlClient } from "#lib/db/client.ts";
import { CURRENCY, toDecimal, type Usd } from "#lib/money/money.ts";
import { FILTERS, filtersOf } from "#lib/parameters/dimensions.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import type { CostChange, CostChangeQuery, PeriodSums } from "#lib/reports/cost-change.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { dayStart } from "#lib/time/zone.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

export const UsageChangeParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  compare_from: From.optional().meta({
    description: "Start of the period before; default: as many days right before `from`",
  }),
  compare_to: To.optional(),
  cost: z.enum(COST_BASES).default("effective"),
  ...FILTERS,
});

const Bridge = {
  change: Amount,
  volume: Amount.meta({ description: "More or fewer calls" }),
  intensity: Amount.meta({ description: "More or fewer tokens for each call" }),
  mix: Amount.meta({ description: "Other models and classes of tokens, cache hits among them" }),
  price: Amount.meta({ description: "Other prices" }),
} as const;

const Sums = z.strictObject({
  from: Instant,
  to: Instant,
  cost: Amount,
  calls: z.int().meta({ description: "Priced calls" }),
  unpriced_calls: z.int(),
});

export const UsageChangeBody = z.strictObject({
  currency: z.literal(CURRENCY),
  cost_basis: z.enum(COST_BASES),
  as_of: Instant,
  before: Sums,
  after: Sums,
  ...Bridge,
  groups: z.array(
    z.strictObject({
      kind: z.enum(["model", "tool"]),
      provider: z.string().nullable(),
      name: z.string().nullable(),
      before: Amount,
      after: Amount,
      ...Bridge,
    }),
  ),
});

/** Dates and instants of the organisation's zone; by default the days right before. */
export async function changeQueryOf(
  sql: SqlClient,
  input: z.output<typeof UsageChangeParameters>,
  nowMs: number,
): Promise<CostChangeQuery> {
  const zone = await organizationZone(sql);
  const after = periodOf(input, zone, nowMs);
  const length = after.to.getTime() - after.from.getTime();
  // Days differ by an hour where the clocks change.
  const start = dayStart(after.from.getTime() - length + 3_600_000 * 2, zone);
  const before = periodOf(
    {
      from: input.compare_from ?? new Date(start).toISOString(),
      to: input.compare_to ?? after.from.toISOString(),
    },
    zone,
    nowMs,
  );
  return { before, after, costBasis: input.cost, filters: filtersOf(input) };
}

export function usageChangeBody(
  { before, after, costBasis }: CostChangeQuery,
  found: CostChange,
): z.input<typeof UsageChangeBody> {
  return {
    currency: CURRENCY,
    cost_basis: costBasis,
    as_of: iso(found.asOf),
    before: sumsBody(before, found.before),
    after: sumsBody(after, found.after),
    ...bridgeBody(found.bridge),
    groups: found.groups.map((group) => ({
      kind: group.kind,
      provider: group.provider,
      name: group.name,
      before: toDecimal(group.before),
      after: toDecimal(group.after),
      ...bridgeBody(group),
    })),
  };
}

function sumsBody({ from, to }: CostChangeQuery["before"], sums: PeriodSums) {
  const { cost, calls, unpricedCalls } = sums;
  return {
    ...{ from: iso(from), to: iso(to), cost: toDecimal(cost) },
    ...{ calls: Number(calls), unpriced_calls: unpricedCalls },
  };
}

function bridgeBody(bridge: CostChange["bridge"]) {
  const text = (amount: Usd) => toDecimal(amount);
  return {
    change: text(bridge.change),
    volume: text(bridge.volume),
    intensity: text(bridge.intensity),
    mix: text(bridge.mix),
    price: text(bridge.price),
  };
}
