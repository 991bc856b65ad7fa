import { z } from "zod";
import { CURRENCY_CODE } from "#lib/currency/exchange-rates.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { FILTERS, filtersOf, GroupBy } from "#lib/parameters/dimensions.ts";
import { limit } from "#lib/parameters/limit.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { convertedColumns, usageColumns } from "#lib/reports/usage-columns.ts";
import { type ConvertedSummary, streamUsageInCurrency } from "#lib/reports/usage-in-currency.ts";
import { BUCKETS, COST_BASES, type UsageQuery } from "#lib/reports/usage-query.ts";
import { streamUsage, type UsageSummary } from "#lib/reports/usage-report.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

export const USAGE_QUESTION = {
  from: From.optional(),
  to: To.optional(),
  group_by: GroupBy.optional(),
  bucket: z.enum(BUCKETS).default("none"),
  tz: TimeZone.optional(),
  cost: z.enum(COST_BASES).default("effective"),
  currency: z
    .string()
    .regex(CURRENCY_CODE, "must be an ISO 4217 code such as EUR")
    .optional()
    .meta({
      description: "Default: USD. Rows in others are converted by the rate of their last day",
    }),
  ...FILTERS,
} as const;
const UsageQuestion = z.strictObject(USAGE_QUESTION);

/** The question that the parameters ask, in the organisation's zone where they name none. */
export async function usageQueryOf(
  sql: SqlClient,
  input: z.output<typeof UsageQuestion>,
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

export const usage = exportKind({
  summary: "Usage and cost by bucket and group",
  // A page of the API's list leads to its file: what pages it is taken and has no effect, for a file is always whole.
  parameters: z.strictObject({
    ...USAGE_QUESTION,
    limit: limit(1_000, 10_000),
    cursor: z.string().max(2_000).optional(),
  }),
  read: async ({ sql, viewer, now }, input, sink) => {
    const query = await usageQueryOf(sql, input, now.getTime());
    const currency = input.currency ?? CURRENCY;
    const headOf = ({ asOf, rowCount, total }: UsageSummary | ConvertedSummary) => ({
      ...{ name: `outlay-usage-${periodName(query, query.timeZone)}`, asOf, rowCount, currency },
      ...{ total: toDecimal(total.cost), unpricedCalls: total.unpricedCalls },
      asked: { ...askedPeriod(query), tz: query.timeZone },
    });
    if (currency === CURRENCY) {
      await streamUsage(sql, viewer, query, (found) =>
        sink({ ...headOf(found), columns: usageColumns(query) }),
      );
      return;
    }
    await streamUsageInCurrency(sql, viewer, query, { currency, now }, (found) =>
      sink({ ...headOf(found), columns: convertedColumns(query) }),
    );
  },
});
