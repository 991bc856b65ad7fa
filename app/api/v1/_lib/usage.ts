import { z } from "zod";
import { CURRENCY_CODE, type UsedRate } from "#lib/currency/exchange-rates.ts";
import { perUsdText } from "#lib/currency/rate-text.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { FILTERS, filtersOf, GroupBy } from "#lib/parameters/dimensions.ts";
import { limit } from "#lib/parameters/limit.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { CSV_FLAVORS } from "#lib/reports/csv.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import type { ConvertedRow } from "#lib/reports/usage-in-currency.ts";
import { BUCKETS, COST_BASES, type UsageQuery, type UsageRow } from "#lib/reports/usage-query.ts";
import { Amount, FIGURES, figures, Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

const QUESTION = {
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

export const ExchangeRateBody = z.strictObject({
  per_usd: Amount.meta({ description: "Units of the currency for one US dollar, to 12 decimals" }),
  fraction: z.string().meta({ description: "The same exactly; amounts are converted by it" }),
  date: z.iso.date().meta({ description: "The day that the rate was published for" }),
  age_days: z.int().min(0).meta({ description: "Days from then to the day converted" }),
  quotes: z
    .array(z.string())
    .meta({ description: "The published rates behind it", example: ["1 EUR = 1.1588 USD"] }),
  source: z.string(),
});

export const UsageBody = z.strictObject({
  from: Instant,
  to: Instant,
  currency: z.string().regex(CURRENCY_CODE),
  cost_basis: z.enum(COST_BASES),
  as_of: Instant,
  rows: z.array(
    z.strictObject({
      bucket: Instant.meta({ description: "Start of the bucket; of the period with bucket none" }),
      group: z.record(z.string(), z.string().nullable()),
      ...FIGURES,
      exchange_rate: ExchangeRateBody.optional().meta({
        description: "In other currencies than USD",
      }),
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

export function convertedRowBody(row: ConvertedRow) {
  const { bucketStart, group, measures, rate } = row;
  const exchange_rate = exchangeRateBody(rate);
  return { bucket: iso(bucketStart), group, ...figures(measures), exchange_rate };
}

export function exchangeRateBody(rate: UsedRate): z.input<typeof ExchangeRateBody> {
  const { perUsd, date, ageDays, quotes } = rate;
  return {
    per_usd: perUsdText(rate),
    fraction: `${perUsd.num}/${perUsd.den}`,
    date,
    age_days: ageDays,
    quotes: quotes.map((quote) => `1 ${quote.base} = ${quote.rate} ${quote.currency}`),
    source: [...new Set(quotes.map(({ source }) => source))].join("; "),
  };
}
