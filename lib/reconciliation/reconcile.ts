import { createHash, randomUUID } from "node:crypto";
import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { monthNamed } from "#lib/close/month.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { ImportError } from "#lib/imports/import-source.ts";
import type { InvoiceColumns, InvoiceSource } from "#lib/invoices/invoice-line.ts";
import { parseInvoice } from "#lib/invoices/parse-invoice.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { compareMonth } from "./compare-month.ts";
import type { Comparison } from "./comparison.ts";
import {
  type Invoice,
  insertInvoice,
  readInvoiceLines,
  readInvoices,
} from "./reconciliation-store.ts";

export type InvoiceUpload = {
  readonly source: InvoiceSource;
  /** `2026-10`. */
  readonly month: string;
  readonly fileName: string;
  readonly text: string;
  readonly columns: InvoiceColumns | null;
  readonly provider: string | null;
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
      readonly comparison: Comparison;
    };

/**
 * Reads a provider's invoice or cost export and holds it against the ledger; it
 * is kept whole or not at all.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "invalid" for a month
 *   of another form, "conflict" for a file that is kept already.
 */
export async function uploadInvoice(
  sql: SqlClient,
  viewer: Viewer,
  upload: InvoiceUpload,
  now: Date,
): Promise<UploadAnswer> {
  requireFinance(viewer);
  const { source, columns, provider, text, fileName } = upload;
  const month = monthNamed(upload.month);
  const { lines, passedOver, errors } = parseInvoice(text, { source, month, columns, provider });
  if (errors.length > 0) return { kind: "refused", errors };
  if (lines.length === 0) {
    const message = `no row is of ${month.name} and of a model's provider`;
    return { kind: "refused", errors: [{ line: 1, message }] };
  }
  const told = { passedOver, lines: lines.length };
  const id = upload.isRehearsal ? null : randomUUID();
  if (id !== null) {
    const fileHash = createHash("sha256").update(text, "utf8").digest("hex");
    await sql.begin(async (tx) => {
      const isNew = await insertInvoice(tx, {
        ...{ id, month: month.name, source, fileName, fileHash, passedOver, lines },
        ...{ createdAt: now, createdBy: actorName(viewer) },
      });
      if (!isNew)
        throw new AppError("This file is kept for this month already", { code: "conflict" });
      await recordAudit(tx, {
        ...{ actor: viewer, action: "reconciliation.uploaded" },
        target: { kind: "reconciliation", id },
        after: { month: month.name, source, file: fileName, sha256: fileHash, lines: lines.length },
      });
    });
  }
  const comparison = await readOnly(sql, (tx) =>
    compareMonth(tx, { id, month: month.name, accepted: null }, lines),
  );
  return { kind: id === null ? "checked" : "kept", id, ...told, comparison };
}

/** The invoices that were uploaded. @throws {AppError} "forbidden" unless finance or admin. */
export async function listInvoices(sql: SqlClient, viewer: Viewer): Promise<readonly Invoice[]> {
  requireFinance(viewer);
  return readInvoices(sql);
}

/**
 * An invoice beside the ledger as it is now.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "not_found".
 */
export async function readReconciliation(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
): Promise<{ readonly invoice: Invoice; readonly comparison: Comparison }> {
  requireFinance(viewer);
  return readOnly(sql, async (tx) => {
    const [invoice] = await readInvoices(tx, id);
    if (invoice === undefined)
      throw new AppError("There is no such invoice", { code: "not_found" });
    const lines = await readInvoiceLines(tx, id);
    return { invoice, comparison: await compareMonth(tx, invoice, lines) };
  });
}
