import { z } from "zod";
import { CURRENCY } from "#lib/money/money.ts";
import type { Receipt } from "#lib/reports/receipt.ts";
import type { ReceiptCostModel } from "#lib/reports/receipt-cost-model.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { Amount, decimalOrNull, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

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
  funding: z.string().meta({ description: "What pays: api, plan, credits or commitment" }),
  team_model: z
    .strictObject({
      funding_by: z.enum(["producer", "cost_model"]).nullable(),
      paid_by: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          source: z.string(),
          source_url: z.string(),
        }),
      ),
      markup: z.string().nullable().meta({ description: "A fraction of the cost, such as 1/20" }),
      markup_amount: Amount.nullable(),
      model_id: z.string().nullable(),
      effective_from: z.iso.date().nullable(),
      recorded_by: z.string().nullable(),
    })
    .meta({ description: "What of the team's cost model is about the call; see /cost-models" }),
  former: z
    .array(
      z.strictObject({
        run: z.string().meta({ description: "See /repricing/{id} and /reallocation/{id}" }),
        kind: z.enum(["reprice", "reallocate"]),
        at: Instant,
        by: z.string().nullable(),
        team: z.string().nullable(),
        rate_set_id: z.string().nullable(),
        lines: z.array(LineBody),
        sum: Amount.nullable(),
        list_cost: Amount.nullable(),
        cost_status: z.string(),
      }),
    )
    .meta({ description: "How it was filed before changes of history, the latest first" }),
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
    funding: receipt.teamModel.funding,
    team_model: teamModelBody(receipt.teamModel),
    former: receipt.former.map(({ run, kind, at, by, team, ...filing }) => ({
      ...{ run, kind, at: iso(at), by, team },
      rate_set_id: filing.rateSetId,
      lines: [...filing.lines],
      sum: decimalOrNull(filing.cost),
      list_cost: decimalOrNull(filing.listCost),
      cost_status: filing.costStatus,
    })),
    sum: decimalOrNull(receipt.sum),
    line_sum: decimalOrNull(receipt.lineSum),
    reconciles: receipt.reconciles,
  };
}

function teamModelBody({ fundingBy, paidBy, markup, markupAmount, model }: ReceiptCostModel) {
  const from = model?.effectiveFrom ?? null;
  return {
    funding_by: fundingBy,
    paid_by: paidBy.map(({ id, name, sourceName, sourceUrl }) => ({
      ...{ id, name, source: sourceName, source_url: sourceUrl },
    })),
    markup: markup === null ? null : `${markup.num}/${markup.den}`,
    markup_amount: decimalOrNull(markupAmount),
    model_id: model?.id ?? null,
    effective_from: from === null ? null : dayText(from),
    recorded_by: model?.recordedBy ?? null,
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
