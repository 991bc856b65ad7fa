import { createHash, randomUUID } from "node:crypto";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { InvoiceLine } from "#lib/invoices/invoice-line.ts";
import { because } from "#lib/refusals/reason.ts";
import type { InvoiceUpload } from "./reconcile.ts";
import { type Invoice, insertInvoice, readInvoices } from "./reconciliation-store.ts";
import { earlierOf, placeAmong } from "./standing.ts";

export type KeptInvoice = Pick<Invoice, "id" | "replaces" | "addedTo"> & {
  /** Those of its month and providers that counted before it. */
  readonly earlier: readonly Invoice[];
};

/**
 * Keeps an invoice beside, or in the place of, those before it, which stay on record.
 *
 * @throws {AppError} "conflict" for a file that is kept already, and as `placeAmong`.
 */
export async function keepInvoice(
  sql: SqlClient,
  viewer: Viewer,
  { source, month, fileName, text, toEarlier }: InvoiceUpload,
  found: {
    readonly lines: readonly InvoiceLine[];
    readonly passedOver: number;
    readonly providers: readonly string[];
    readonly counted: Invoice["counted"];
  },
  now: Date,
): Promise<KeptInvoice> {
  const id = randomUUID();
  const fileHash = createHash("sha256").update(text, "utf8").digest("hex");
  return sql.begin(async (tx) => {
    // One after the other, so that the second sees the first.
    await tx`lock table reconciliation in share row exclusive mode`;
    const all = await readInvoices(tx);
    const isKept = all.some(
      (one) => one.month === month && one.fileHash === fileHash && one.withdrawn === null,
    );
    if (isKept) throw new AppError(because("invoice_kept"), { code: "conflict" });
    const earlier = earlierOf({ month, providers: found.providers }, all);
    const place = placeAmong(found.providers, earlier, toEarlier);
    await insertInvoice(tx, {
      ...{ id, month, source, fileName, fileHash, ...place },
      ...{ passedOver: found.passedOver, lines: found.lines, counted: found.counted },
      ...{ createdAt: now, createdBy: actorName(viewer) },
    });
    await recordAudit(tx, {
      ...{ actor: viewer, action: "reconciliation.uploaded" },
      target: { kind: "reconciliation", id },
      after: {
        ...{ month, source, file: fileName, sha256: fileHash, lines: found.lines.length },
        ...{ replaces: place.replaces, added_to: place.addedTo },
      },
    });
    return { id, earlier, ...place };
  });
}
