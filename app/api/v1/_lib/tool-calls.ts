import { z } from "zod";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import type { ToolCallRow } from "#lib/reports/tool-calls.ts";
import { Amount, Instant } from "./figures.ts";

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
