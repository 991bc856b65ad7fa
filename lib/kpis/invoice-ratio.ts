import { type Ratio, ratio } from "./kpi.ts";

/** Both sides of one invoice, with the parts that it was added to, in dollars. */
export type InvoiceSides = { readonly invoiced: bigint; readonly ours: bigint };

/** (metered − invoiced) ÷ invoiced, over the latest invoices of a month. */
export function reconciliationGap(latest: readonly InvoiceSides[]): Ratio | null {
  const invoiced = latest.reduce((sum, sides) => sum + sides.invoiced, 0n);
  const ours = latest.reduce((sum, sides) => sum + sides.ours, 0n);
  return ratio(ours - invoiced, invoiced);
}
