import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { readInvoices } from "./reconciliation-store.ts";
import { inForce } from "./standing.ts";

/**
 * Says of an invoice that it does not count: the wrong file, or the wrong month.
 * It stays on record, and what it replaced counts again.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "not_found",
 *   "conflict" for one that does not count as it is, or whose gap is booked.
 */
export async function withdrawInvoice(
  sql: SqlClient,
  viewer: Viewer,
  { id, note }: { readonly id: string; readonly note: string },
  now: Date,
): Promise<void> {
  requireFinance(viewer);
  await sql.begin(async (tx) => {
    await tx`lock table reconciliation in share row exclusive mode`;
    const all = await readInvoices(tx);
    const invoice = all.find((one) => one.id === id);
    if (invoice === undefined) throw new AppError(because("no_invoice"), { code: "not_found" });
    if (!inForce(all).includes(invoice)) {
      throw new AppError(because("invoice_gone"), { code: "conflict" });
    }
    if (await isBooked(tx, invoice.accepted?.booking ?? null)) {
      const message = "Its gap is booked: take that booking back on the page Adjustments first";
      throw new AppError(message, { code: "conflict" });
    }
    await tx`
      update reconciliation
         set withdrawn_at = ${now}, withdrawn_by = ${actorName(viewer)}, withdrawn_note = ${note}
       where id = ${id}::uuid`;
    await recordAudit(tx, {
      ...{ actor: viewer, action: "reconciliation.withdrawn" },
      target: { kind: "reconciliation", id },
      after: { month: invoice.month, file: invoice.fileName, note },
    });
  });
}

async function isBooked(tx: Tx, booking: string | null): Promise<boolean> {
  if (booking === null) return false;
  const standing = await tx`
    select 1 from adjustment a
     where a.booking = ${booking}::uuid
       and not exists (select from adjustment b where b.reverses = a.id)
     limit 1`;
  return standing.length > 0;
}
