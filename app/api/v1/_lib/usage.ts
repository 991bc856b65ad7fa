import { z } from "zod";
import type { SqlClient } from "#lib/db/client.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { CSV_FLAVORS } from "#lib/reports/csv.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { BUCKETS, COST_BASES, type UsageQuery, type UsageRow } from "#lib/reports/usage-query.ts";
import { FIGURES, figures, Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { periodOf } from "./period.ts";
import { Cursor, FILTERS, From, filtersOf, GroupBy, limit, TimeZone, To } from "./query.ts";

const QUESTION = {
  from: From.optional(),
  to: To.optional(),
  group_by: GroupBy.optional(),
  bucket: z.enum(BUCKETS).default("none"),
  tz: TimeZone.optional(),
  cost: z.enum(COST_BASES).default("effective"),
  ...FILTERS,
} as const;

export const UsageParameters = z.strictObject({
  ...QUESTION,
  limit: limit(1_000, 10_000),
  cursor: Cursor.optional(),
});

/** The same question; `limit` and `cursor` are taken and have no effect, for a file is always whole. */
export const UsageCsvParameters = z.strictObject({
  ...UsageParameters.shape,
  flavor: z.enum(CSV_FLAVORS).default("data"),
});

export const UsageBody = z.strictObject({
  from: Instant,
  to: Instant,
  currency: z.literal(CURRENCY),
  cost_basis: z.enum(COST_BASES),
  as_of: Instant,
  rows: z.array(
    z.strictObject({
      bucket: Instant.meta({ description: "Start of the bucket; of the period with bucket none" }),
      group: z.record(z.string(), z.string().nullable()),
      ...FIGURES,
    }),
  ),
  total: z.strictObject(FIGURES).meta({ description: "Over all rows, also those of other pages" }),
  next_cursor: z.string().nullable(),
});

/** The question that the parameters ask, in the organisation's zone where they name none. */
export async function usageQueryOf(
  sql: SqlClient,
  input: z.output<typeof UsageParameters>,
  nowMs: number,
): Promise<UsageQuery> {
  const timeZone = input.tz ?? (await organizationZone(sql));
  return {
    ...periodOf(input, timeZone, nowMs),
    groupBy: input.group_by ?? [],
    bucket: input.bucket,
    timeZone,
    costBasis: input.cost,
    filters: filtersOf(input),
  };
}

export function usageRowBody({ bucketStart, group, measures }: UsageRow) {
  return { bucket: iso(bucketStart), group, ...figures(measures) };
}
