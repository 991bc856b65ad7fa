import { z } from "zod";
import { addUsd, CURRENCY, parseUsd, sumUsd, toDecimal } from "#lib/money/money.ts";
import { FILTERS, filtersOf } from "#lib/parameters/dimensions.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { Paid } from "#lib/parameters/narrowed.ts";
import { periodOf } from "#lib/parameters/period.ts";
import type { QuoteLine } from "#lib/pricing/quote.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { type UsageReceiptPart, usageReceipt } from "#lib/reports/usage-receipt.ts";
import { amount, type Column, count, decimal, text } from "#lib/tables/column.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";
import { lineColumns } from "../receipt-columns.ts";

/** A line, or without one what stands beside the lines of its rate set. */
type Row = {
  readonly part: UsageReceiptPart;
  readonly line: QuoteLine | null;
  /** What of the cost it is: nothing where something paid for the calls beforehand. */
  readonly cost: string | null;
};

const COLUMNS: readonly Column<Row>[] = [
  text("rate_set_id", ({ part }) => part.rateSetId),
  text("provider", ({ part }) => part.rateSet.provider),
  text("model", ({ part }) => part.rateSet.model),
  text("tier", ({ part }) => part.rateSet.tier),
  text("paid_by", ({ part }) => part.rateSet.funding),
  ...lineColumns<Row>(({ line }) => line),
  decimal("amount", ({ line }) => line?.amount),
  amount("cost", ({ cost }) => cost),
  text("currency", () => CURRENCY),
  count("calls", ({ part, line }) => (line === null ? part.calls : null)),
  count("unpriced_calls", ({ part, line }) => (line === null ? part.unpricedCalls : null)),
];

export const usageReceipts = exportKind({
  summary: "The receipt of a sum of usage: tokens at the rates of their calls",
  parameters: z.strictObject({
    from: From.optional(),
    to: To.optional(),
    tz: TimeZone.optional(),
    cost: z.enum(COST_BASES).default("effective"),
    paid: Paid,
    ...FILTERS,
  }),
  read: async ({ sql, viewer, now }, input, sink) => {
    const timeZone = input.tz ?? (await organizationZone(sql));
    const period = periodOf(input, timeZone, now.getTime());
    const asked = { ...period, filters: filtersOf(input), costBasis: input.cost, paid: input.paid };
    const { parts, total, unpricedCalls } = await usageReceipt(sql, viewer, asked);
    const rows = parts.flatMap(rowsOf);
    const add = await sink({
      name: `outlay-usage-receipt-${periodName(period, timeZone)}`,
      ...{ columns: COLUMNS, asOf: now, rowCount: rows.length, currency: CURRENCY },
      ...{
        total: toDecimal(total),
        unpricedCalls,
        asked: { ...askedPeriod(period), tz: timeZone },
      },
    });
    await add(rows);
  },
});

function rowsOf(part: UsageReceiptPart): readonly Row[] {
  const told = sumUsd(part.lines.map(({ amount }) => parseUsd(amount ?? "0")));
  const isMetered = addUsd(told, part.beside) === part.cost;
  return [
    ...part.lines.map((line) => ({ part, line, cost: isMetered ? line.amount : null })),
    { part, line: null, cost: toDecimal(part.beside) },
  ];
}
