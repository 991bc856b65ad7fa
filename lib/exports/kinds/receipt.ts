import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import type { QuoteLine } from "#lib/pricing/quote.ts";
import { eventReceipt } from "#lib/reports/receipt.ts";
import { amount, text } from "#lib/tables/column.ts";
import { exportKind } from "../export-kind.ts";
import { lineColumns } from "../receipt-columns.ts";

export const receipt = exportKind({
  summary: "The receipt of one event: its units at their rates",
  parameters: z.strictObject({ id: z.uuid().meta({ description: "Of the event" }) }),
  read: async ({ sql, viewer, now }, { id }, sink) => {
    const found = await eventReceipt(sql, viewer, id);
    if (found === null) throw new AppError("There is no such event", { code: "not_found" });
    const { event, lines, lineSum } = found;
    const add = await sink({
      name: `outlay-receipt-${id}`,
      columns: [
        text("event", () => event.id),
        ...lineColumns<QuoteLine>((line) => line),
        amount<QuoteLine>("amount", (line) => line.amount),
        text("currency", () => CURRENCY),
        text("rate_set_id", () => event.rateSetId),
        text("cost_status", () => event.costStatus),
      ],
      ...{ asOf: now, rowCount: lines.length, currency: CURRENCY },
      total: lineSum === null ? null : toDecimal(lineSum),
    });
    await add(lines);
  },
});
