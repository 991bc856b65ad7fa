import { z } from "zod";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { FILTERS, GroupBy } from "#lib/parameters/dimensions.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import type { ToolCallRow } from "#lib/reports/tool-calls.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { Amount, Instant } from "./figures.ts";

export const ToolCallParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  tz: TimeZone.optional(),
  cost: z.enum(COST_BASES).default("effective"),
  group_by: GroupBy.optional().meta({ description: "As in /usage; default: tool" }),
  ...FILTERS,
});

const ENDINGS = {
  calls: z.int(),
  ok: z.int(),
  errors: z.int(),
  rejected: z.int().meta({ description: "Decided against, never ran" }),
  cost: Amount.meta({ description: "Of calls that have a price of their own" }),
  unpriced_calls: z.int(),
} as const;

export const ToolCallsBody = z.strictObject({
  from: Instant,
  to: Instant,
  currency: z.literal(CURRENCY),
  as_of: Instant,
  rows: z.array(z.strictObject({ group: z.record(z.string(), z.string().nullable()), ...ENDINGS })),
  total: z.strictObject(ENDINGS),
});

type Endings = Omit<ToolCallRow, "group">;

/** The sums of a group as the API spells them. */
export function endingsBody({ calls, ok, errors, rejected, cost, unpricedCalls }: Endings) {
  return { calls, ok, errors, rejected, cost: toDecimal(cost), unpriced_calls: unpricedCalls };
}
