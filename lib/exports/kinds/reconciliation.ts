import { z } from "zod";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import {
  COMPARED_BY,
  comparisonColumns,
  comparisonLines,
  gapOfLines,
} from "#lib/reconciliation/comparison-columns.ts";
import { readReconciliation } from "#lib/reconciliation/reconcile.ts";
import { exportKind } from "../export-kind.ts";

export const reconciliation = exportKind({
  summary: "An invoice beside the ledger: both sides and the gap, or the gap by reason",
  parameters: z.strictObject({
    id: z.uuid().meta({ description: "The invoice, as /reconciliations lists it" }),
    by: z
      .enum(COMPARED_BY)
      .default("provider")
      .meta({ description: "provider and reason: the whole invoice; the others: its usage" }),
  }),
  read: async ({ sql, viewer, now }, { id, by }, sink) => {
    const { invoice, comparison } = await readReconciliation(sql, viewer, id);
    const lines = comparisonLines(comparison, by);
    const add = await sink({
      name: `outlay-reconciliation-${invoice.month}-${by}-${id.slice(0, 8)}`,
      ...{ columns: comparisonColumns(by), asOf: now, rowCount: lines.length },
      ...{ total: toDecimal(gapOfLines(lines)), currency: CURRENCY, asked: { by } },
    });
    await add(lines);
  },
});
