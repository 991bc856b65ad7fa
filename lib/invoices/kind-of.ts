import type { InvoiceKind } from "./invoice-line.ts";

/** By the words that files have for it; the first that matches. Usage that a discount covers is usage. */
const KINDS: readonly (readonly [RegExp, InvoiceKind])[] = [
  [/usage/i, "usage"],
  [/tax|vat|gst/i, "tax"],
  [/credit|refund|discount|savings|promotion|adjustment/i, "credit"],
  [/purchase|recurring|subscription|seat|prepa/i, "subscription"],
  [/fee|support|rounding/i, "fee"],
];

/** What a row of an invoice is for. An adjustment of a model is of its usage. */
export function kindOf(words: string | null, hasModel: boolean): InvoiceKind {
  if (words === null || (hasModel && /^adjustment$/i.test(words))) return "usage";
  return KINDS.find(([pattern]) => pattern.test(words))?.[1] ?? "usage";
}
