import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { monthNamed } from "#lib/close/month.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { ImportError } from "#lib/imports/import-source.ts";
import type { InvoiceColumns, InvoiceSource } from "#lib/invoices/invoice-line.ts";
import { parseInvoice } from "#lib/invoices/parse-invoice.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { because } from "#lib/refusals/reason.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { compareMonth } from "./compare-month.ts";
import type { Comparison } from "./comparison.ts";
import { keepInvoice } from "./keep-invoice.ts";
import { pricesOf } from "./prices-of-usage.ts";
import {
  type Counted,
  type Invoice,
  readInvoiceLines,
  readInvoices,
} from "./reconciliation-store.ts";
import { earlierOf, placeAmong, type Standing, standingOf, type ToEarlier } from "./standing.ts";

export type InvoiceUpload = {
  readonly source: InvoiceSource;
  /** `2026-10`. */
  readonly month: string;
  readonly fileName: string;
  readonly text: string;
  readonly columns: InvoiceColumns | null;
  readonly provider: string | null;
  /** What it is to the invoices of its month and providers that count; null where there are none. */
  readonly toEarlier: ToEarlier | null;
  /** Only shows what it would come to. */
  readonly isRehearsal: boolean;
};

export type UploadAnswer =
  | { readonly kind: "refused"; readonly errors: readonly ImportError[] }
  | {
      readonly kind: "checked" | "kept";
      /** Null while it is only checked. */
      readonly id: string | null;
      readonly passedOver: number;
      readonly lines: number;
      /** Null: the amounts are the file's own. Else it only counts, and is priced by Outlay. */
      readonly counted: Counted | null;
      /** The invoices of its month and providers that counted before it. */
      readonly earlier: readonly Invoice[];
      readonly comparison: Comparison;
    };

/**
 * Reads a provider's invoice or cost export and holds it against the ledger; it
 * is kept whole or not at all. With the parts that it is added to it is compared
 * as one.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "invalid" for a month
 *   of another form or an invoice that cannot be replaced, "conflict" for a file
 *   that is kept already, or is to be kept beside others without saying how.
 */
export async function uploadInvoice(
  sql: SqlClient,
  viewer: Viewer,
  upload: InvoiceUpload,
  now: Date,
): Promise<UploadAnswer> {
  requireFinance(viewer);
  const { source, columns, provider, text } = upload;
  const month = monthNamed(upload.month);
  const priceOf = pricesOf(await loadPricing(sql));
  const question = { source, month, columns, provider, priceOf };
  const { lines, passedOver, errors, counted } = parseInvoice(text, question);
  if (errors.length > 0) return { kind: "refused", errors };
  if (lines.length === 0) {
    const message = `no row is of ${month.name} and of a model's provider`;
    return { kind: "refused", errors: [{ line: 1, message }] };
  }
  const providers = [...new Set(lines.map(({ provider }) => provider))];
  const kept = upload.isRehearsal
    ? null
    : await keepInvoice(sql, viewer, upload, { lines, passedOver, providers, counted }, now);
  return readOnly(sql, async (tx) => {
    const all = (await readInvoices(tx)).filter(({ id }) => id !== kept?.id);
    const earlier = kept?.earlier ?? earlierOf({ month: month.name, providers }, all);
    const place = kept ?? rehearsedPlace(providers, earlier, upload.toEarlier);
    const parts = await readInvoiceLines(tx, { id: null, addedTo: place.addedTo });
    const told = { id: kept?.id ?? null, month: month.name, accepted: null };
    const comparison = await compareMonth(tx, told, [...parts, ...lines]);
    return {
      ...{ kind: kept === null ? "checked" : "kept", id: told.id, passedOver },
      ...{ lines: lines.length, counted, earlier, comparison },
    };
  });
}

/** Nothing said yet: the file is compared by itself. */
function rehearsedPlace(...[providers, earlier, said]: Parameters<typeof placeAmong>) {
  return said === null ? { addedTo: [] } : placeAmong(providers, earlier, said);
}

/** The invoices that were uploaded. @throws {AppError} "forbidden" unless finance or admin. */
export async function listInvoices(sql: SqlClient, viewer: Viewer): Promise<readonly Invoice[]> {
  requireFinance(viewer);
  return readInvoices(sql);
}

/** An invoice, with the parts that it was added to, beside the ledger. */
export type Reconciliation = {
  readonly invoice: Invoice;
  readonly parts: readonly Invoice[];
  readonly standing: Standing;
  readonly comparison: Comparison;
};

/**
 * An invoice beside the ledger as it is now.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "not_found".
 */
export async function readReconciliation(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
): Promise<Reconciliation> {
  requireFinance(viewer);
  return readOnly(sql, async (tx) => {
    const all = await readInvoices(tx);
    const invoice = all.find((one) => one.id === id);
    if (invoice === undefined) throw new AppError(because("no_invoice"), { code: "not_found" });
    const lines = await readInvoiceLines(tx, invoice);
    return {
      invoice,
      parts: all.filter((other) => invoice.addedTo.includes(other.id)),
      standing: standingOf(invoice, all),
      comparison: await compareMonth(tx, invoice, lines),
    };
  });
}
