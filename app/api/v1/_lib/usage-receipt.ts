import { z } from "zod";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { FILTERS } from "#lib/parameters/dimensions.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { Paid } from "#lib/parameters/narrowed.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import type { UsageReceipt } from "#lib/reports/usage-receipt.ts";
import { Amount, Instant } from "./figures.ts";
import { LineBody } from "./receipt.ts";

export const UsageReceiptParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  cost: z.enum(COST_BASES).default("effective"),
  paid: Paid,
  ...FILTERS,
});

export const UsageReceiptBody = z.strictObject({
  ...{ from: Instant, to: Instant, currency: z.literal(CURRENCY), cost_basis: z.enum(COST_BASES) },
  parts: z.array(
    z.strictObject({
      ...{ rate_set_id: z.string(), provider: z.string(), model: z.string(), tier: z.string() },
      paid_by: z
        .string()
        .nullable()
        .meta({ description: "plan, credits or commitment; null where it is metered" }),
      ...{ model_calls: z.int(), unpriced_calls: z.int() },
      lines: z.array(LineBody),
      beside: Amount.meta({
        description: "Fees, less the tokens above of calls without a price; cost − lines",
      }),
      cost: Amount,
    }),
  ),
  total: Amount.meta({ description: "The total of /usage for the same question" }),
  unpriced_calls: z.int(),
});

export function usageReceiptBody({ parts, total, unpricedCalls }: UsageReceipt) {
  return {
    parts: parts.map(({ rateSetId, rateSet, calls, unpricedCalls: unpriced, ...part }) => ({
      ...{ rate_set_id: rateSetId, provider: rateSet.provider, model: rateSet.model },
      ...{ tier: rateSet.tier, paid_by: rateSet.funding ?? null },
      ...{ model_calls: calls, unpriced_calls: unpriced, lines: [...part.lines] },
      ...{ beside: toDecimal(part.beside), cost: toDecimal(part.cost) },
    })),
    ...{ total: toDecimal(total), unpriced_calls: unpricedCalls },
  };
}
