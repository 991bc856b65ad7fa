import { z } from "zod";
import { CURRENCY_CODE } from "#lib/currency/exchange-rates.ts";
import type { KnownCurrency, RateImport } from "#lib/currency/rate-store.ts";
import { ReasonBody } from "./reason.ts";

const Code = z.string().regex(CURRENCY_CODE, "must be an ISO 4217 code such as EUR");

export const CurrencyInput = z.strictObject({ reporting_currency: Code });

export const CurrencyBody = z.strictObject({
  ledger_currency: z.literal("USD"),
  reporting_currency: Code,
  currencies: z.array(
    z.strictObject({
      currency: Code,
      first_date: z.iso.date(),
      last_date: z.iso.date(),
      days: z.int(),
    }),
  ),
});

export function currencyBody(
  reporting: string,
  known: readonly KnownCurrency[],
): z.input<typeof CurrencyBody> {
  return {
    ledger_currency: "USD",
    reporting_currency: reporting,
    currencies: known.map(({ currency, firstDate, lastDate, days }) => ({
      currency,
      first_date: firstDate,
      last_date: lastDate,
      days,
    })),
  };
}

export const RateImportParameters = z.strictObject({
  dry_run: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true")
    .meta({ description: "true: only say what would happen" }),
});

export const RateImportBody = z.strictObject({
  format: z.enum(["ecb", "plain"]),
  applied: z.boolean(),
  added: z.int(),
  corrected: z.int(),
  unchanged: z.int(),
  first_date: z.iso.date().nullable(),
  last_date: z.iso.date().nullable(),
  mistakes: z
    .array(z.strictObject({ line: z.int().nullable(), reason: z.string(), why: ReasonBody }))
    .meta({ description: "With any of these nothing is recorded" }),
});

export function rateImportBody(done: RateImport): z.input<typeof RateImportBody> {
  const { isApplied, firstDate, lastDate, mistakes, ...rest } = done;
  return {
    ...rest,
    applied: isApplied,
    first_date: firstDate,
    last_date: lastDate,
    mistakes: [...mistakes],
  };
}
