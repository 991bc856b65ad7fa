import { z } from "zod";
import { CURRENCY } from "#lib/money/money.ts";
import { INVOICE_COLUMNS } from "#lib/reconciliation/invoice-columns.ts";
import { listInvoices } from "#lib/reconciliation/reconcile.ts";
import { standingOf } from "#lib/reconciliation/standing.ts";
import { exportKind } from "../export-kind.ts";

export const invoices = exportKind({
  summary: "The invoices that were uploaded, and what their gaps were accepted as",
  parameters: z.strictObject({}),
  read: async ({ sql, viewer, now }, _, sink) => {
    const found = await listInvoices(sql, viewer);
    const add = await sink({
      name: `outlay-invoices-${now.toISOString().slice(0, 10)}`,
      ...{ columns: INVOICE_COLUMNS, asOf: now, rowCount: found.length },
      ...{ total: null, currency: CURRENCY },
    });
    await add(found.map((one) => ({ ...one, state: standingOf(one, found).state })));
  },
});
