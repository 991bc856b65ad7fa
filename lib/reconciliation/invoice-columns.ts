import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, count, text, time } from "#lib/tables/column.ts";
import type { Invoice } from "./reconciliation-store.ts";
import type { Standing } from "./standing.ts";

type InvoiceRow = Invoice & Pick<Standing, "state">;

/** The invoices as a file; sides and gap are those that were accepted. */
export const INVOICE_COLUMNS: readonly Column<InvoiceRow>[] = [
  text("id", ({ id }) => id),
  text("month", ({ month }) => month),
  text("source", ({ source }) => source),
  text("file", ({ fileName }) => fileName),
  text("sha256", ({ fileHash }) => fileHash),
  text("providers", ({ providers }) => providers.join(" ")),
  count("passed_over", ({ passedOver }) => passedOver),
  text("amounts", ({ counted }) => (counted === null ? "file" : "outlay_prices")),
  text("unpriced_tokens", ({ counted }) =>
    counted === null ? null : String(counted.unpricedTokens),
  ),
  time("created_at", ({ createdAt }) => createdAt),
  text("created_by", ({ createdBy }) => createdBy),
  time("accepted_at", ({ accepted }) => accepted?.at),
  text("accepted_by", ({ accepted }) => accepted?.by),
  text("accepted_note", ({ accepted }) => accepted?.note),
  text("booking", ({ accepted }) => accepted?.booking),
  amount("accepted_invoiced", ({ accepted }) => accepted?.invoiced),
  amount("accepted_ours", ({ accepted }) => accepted?.ours),
  amount("accepted_gap", ({ accepted }) => accepted?.gap),
  text("currency", () => CURRENCY),
  text("state", ({ state }) => state),
  text("replaces", ({ replaces }) => replaces.join(" ")),
  text("added_to", ({ addedTo }) => addedTo.join(" ")),
  time("withdrawn_at", ({ withdrawn }) => withdrawn?.at),
  text("withdrawn_by", ({ withdrawn }) => withdrawn?.by),
  text("withdrawn_note", ({ withdrawn }) => withdrawn?.note),
];
