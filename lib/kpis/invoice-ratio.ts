import { type Ratio, ratio } from "./kpi.ts";

/** Both sides of one invoice, in dollars. */
export type InvoiceSides = {
  readonly providers: readonly string[];
  readonly invoiced: bigint;
  readonly ours: bigint;
};

/**
 * (metered − invoiced) ÷ invoiced, over the newest invoice of each provider:
 * a later one takes the place of an earlier one.
 *
 * @param invoices Newest first.
 */
export function reconciliationGap(invoices: readonly InvoiceSides[]): Ratio | null {
  const seen = new Set<string>();
  let invoiced = 0n;
  let ours = 0n;
  for (const invoice of invoices) {
    if (invoice.providers.some((provider) => seen.has(provider))) continue;
    for (const provider of invoice.providers) seen.add(provider);
    invoiced += invoice.invoiced;
    ours += invoice.ours;
  }
  return ratio(ours - invoiced, invoiced);
}
