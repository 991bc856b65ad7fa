import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { actorName } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { bothCosts } from "#lib/close/hand-entry.ts";
import { bookSides } from "#lib/close/journal.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { subtractUsd, toDecimal, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { because } from "#lib/refusals/reason.ts";
import { compareMonth } from "./compare-month.ts";
import type { Comparison } from "./comparison.ts";
import { type Invoice, readInvoiceLines, readInvoices } from "./reconciliation-store.ts";
import { type Standing, standingOf } from "./standing.ts";

export type AcceptedGap = {
  readonly id: string;
  /** An open month, in whose journal it is booked: `2026-11`. */
  readonly month: string;
  /** Who bears it. */
  readonly team: string;
  readonly note: string;
};

/**
 * Takes an invoice's gap for settled, once, and books it in an open month: one
 * entry for each provider, of what is not booked already: as late data, or with
 * another invoice of the month.
 *
 * @throws {AppError} "forbidden" unless finance or admin, "not_found",
 *   "conflict" when it is accepted already, or no longer the latest of its
 *   month and providers, "closed_period" for a closed month.
 */
export async function acceptGap(
  sql: SqlClient,
  viewer: Viewer,
  { id, month, team, note }: AcceptedGap,
  now: Date,
): Promise<void> {
  requireFinance(viewer);
  await sql.begin("isolation level repeatable read", async (tx) => {
    // One after the other, so that the second sees what the first has booked.
    await tx`lock table reconciliation in share row exclusive mode`;
    const invoice = openInvoice(id, await readInvoices(tx));
    const lines = await readInvoiceLines(tx, invoice);
    const comparison = await compareMonth(tx as unknown as SqlClient, invoice, lines);
    const booking = crypto.randomUUID();
    const gaps = toBook(comparison);
    if (gaps.length > 0) {
      await bookSides(tx, viewer, {
        ...{ month, reason: "reconciliation", note, booking, now },
        reference: `${invoice.fileName} (${invoice.month})`.slice(0, 200),
        sides: gaps.map(({ provider, amount }) => ({ team, provider, costs: bothCosts(amount) })),
      });
    }
    const { invoiced, ours, gap } = comparison;
    const sums = { invoiced: toDecimal(invoiced), ours: toDecimal(ours), gap: toDecimal(gap) };
    await tx`
      update reconciliation
         set accepted_at = ${now}, accepted_by = ${actorName(viewer)}, accepted_note = ${note},
             accepted = ${JSON.stringify(sums)}::text::jsonb,
             booking = ${gaps.length === 0 ? null : booking}::uuid
       where id = ${id}::uuid`;
    await recordAudit(tx, {
      ...{ actor: viewer, action: "reconciliation.accepted" },
      target: { kind: "reconciliation", id },
      after: { ...sums, month, team, note, booked: gaps.map(({ amount }) => toDecimal(amount)) },
    });
  });
}

function openInvoice(id: string, all: readonly Invoice[]): Invoice {
  const invoice = all.find((one) => one.id === id);
  if (invoice === undefined) throw new AppError(because("no_invoice"), { code: "not_found" });
  const { state } = standingOf(invoice, all);
  if (state !== "open") throw new AppError(REFUSALS[state], { code: "conflict" });
  return invoice;
}

const REFUSALS = {
  accepted: "This invoice is accepted already",
  added_to: "A further part came after this invoice: its gap is accepted with that one",
  replaced: "Another invoice has replaced this one",
  withdrawn: "This invoice was withdrawn",
} as const satisfies Readonly<Record<Exclude<Standing["state"], "open">, string>>;

/** The gap of each provider without what is booked: late usage by itself, the rest by earlier invoices. */
function toBook({
  byProvider,
  late,
  settled,
}: Comparison): readonly { provider: string; amount: Usd }[] {
  return byProvider
    .map(({ provider, invoiced, ours }) => ({
      provider,
      amount: [late, settled].reduce(
        (left, booked) => subtractUsd(left, booked.get(provider) ?? ZERO_USD),
        subtractUsd(invoiced, ours),
      ),
    }))
    .filter(({ amount }) => amount !== 0n);
}
