import { z } from "zod";
import { CURRENCY_CODE, type UsedRate } from "#lib/currency/exchange-rates.ts";
import { perUsdText } from "#lib/currency/rate-text.ts";
import { USAGE_QUESTION } from "#lib/exports/kinds/usage.ts";
import { limit } from "#lib/parameters/limit.ts";
import type { ConvertedRow } from "#lib/reports/usage-in-currency.ts";
import { COST_BASES, type UsageRow } from "#lib/reports/usage-query.ts";
import { Amount, FIGURES, figures, Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

export const UsageParameters = z.strictObject({
  ...USAGE_QUESTION,
  limit: limit(1_000, 10_000),
  cursor: Cursor.optional(),
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
