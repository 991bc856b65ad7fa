import { z } from "zod";
import { CURRENCY } from "#lib/money/money.ts";
import { Instant } from "./figures.ts";
import { FILTERS, From, GroupBy, TimeZone, To } from "./query.ts";

export const ToolCallParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  tz: TimeZone.optional(),
  group_by: GroupBy.optional().meta({ description: "As in /usage; default: tool" }),
  ...FILTERS,
});

const ENDINGS = {
  calls: z.int(),
  ok: z.int(),
  errors: z.int(),
  rejected: z.int().meta({ description: "Decided against, never ran" }),
} as const;

export const ToolCallsBody = z.strictObject({
  from: Instant,
  to: Instant,
  currency: z.literal(CURRENCY),
  as_of: Instant,
  rows: z.array(z.strictObject({ group: z.record(z.string(), z.string().nullable()), ...ENDINGS })),
  total: z.strictObject(ENDINGS),
});
