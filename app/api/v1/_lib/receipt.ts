import { z } from "zod";
import { CURRENCY } from "#lib/money/money.ts";
import type { Receipt } from "#lib/reports/receipt.ts";
import { Amount, decimalOrNull } from "./figures.ts";

export const LineBody = z.strictObject({
  unit: z.string(),
  quantity: z.union([z.number(), z.string()]),
  rate: z
    .strictObject({
      amount: Amount,
      per: z.number(),
      currency: z.literal(CURRENCY),
      source: z.string(),
      source_url: z.string(),
      effective_from: z.string().nullable(),
      kind: z.string(),
    })
    .nullable()
    .meta({ description: "Null where no price of this unit is known" }),
  multiplier: z.string().nullable(),
  amount: Amount.nullable(),
});

export const ReceiptBody = z.strictObject({
  event_id: z.string(),
  counted: z.boolean(),
  twin_of: z.string().nullable(),
  currency: z.literal(CURRENCY),
  lines: z.array(LineBody),
  rate_set_id: z.string().nullable(),
  rule: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      conditions: z.unknown(),
      assign: z.unknown(),
    })
    .nullable()
    .meta({ description: "The allocation rule; null when no rule gave the team" }),
  team: z.string(),
  cost_model: z.enum(["list", "contract"]),
  list_lines: z
    .array(LineBody)
    .meta({ description: "The same at list prices; empty where those were charged" }),
  list_cost: Amount.nullable().meta({ description: "The ledger's cost at list prices" }),
  cost_status: z.string(),
  funding: z.string(),
  sum: Amount.nullable().meta({ description: "The ledger's cost; null while unpriced" }),
  line_sum: Amount.nullable().meta({
    description: "What the lines come to; the sum, unless a plan pays",
  }),
  reconciles: z.boolean().meta({ description: "Whether the lines explain the ledger's cost" }),
});

export function receiptBody(receipt: Receipt): z.input<typeof ReceiptBody> {
  const { event } = receipt;
  return {
    event_id: event.id,
    counted: event.counted,
    twin_of: event.twinOf,
    currency: CURRENCY,
    lines: [...receipt.lines],
    rate_set_id: event.rateSetId,
    rule: receipt.rule,
    team: event.team,
    cost_model: receipt.costModel,
    list_lines: [...receipt.listLines],
    list_cost: decimalOrNull(event.listCost),
    cost_status: event.costStatus,
    funding: event.funding,
    sum: decimalOrNull(receipt.sum),
    line_sum: decimalOrNull(receipt.lineSum),
    reconciles: receipt.reconciles,
  };
}

/** The answer of /quote; lines as in a receipt. */
export const QuoteBody = z.strictObject({
  status: z.enum(["priced", "partial", "unpriced", "free", "included"]),
  usd: Amount.nullable(),
  lower_bound: Amount,
  lines: z.array(LineBody),
  rate_set_id: z.string(),
});
