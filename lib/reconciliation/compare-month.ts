import { readClosedLines } from "#lib/close/closed-line-store.ts";
import { type Month, monthNamed } from "#lib/close/month.ts";
import { readLedgerLines } from "#lib/close/month-lines.ts";
import type { StatementLine } from "#lib/close/statement-line.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { InvoiceLine } from "#lib/invoices/invoice-line.ts";
import { addUsd, parseUsd, subtractUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { readCostBook } from "#lib/reports/cost-inputs.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type BookedBeside, compareInvoice } from "./compare-invoice.ts";
import type { Comparison } from "./comparison.ts";
import { readLedgerUsage } from "./read-ledger-usage.ts";
import type { Invoice } from "./reconciliation-store.ts";

/** Holds an invoice of a month against the ledger as it is now. In the snapshot of its caller. */
export async function compareMonth(
  sql: SqlClient,
  invoice: Told,
  lines: readonly InvoiceLine[],
): Promise<Comparison> {
  const month = monthNamed(invoice.month);
  const providers = new Set(lines.map(({ provider }) => provider));
  const days = { from: month.first, to: month.end };
  const ledger = await readLedgerUsage(sql, days, providers);
  return compareInvoice(lines, ledger, await readBeside(sql, month, invoice));
}

/** The invoice itself; without an id while it is only checked. */
type Told = Pick<Invoice, "month" | "accepted"> & { readonly id: string | null };

async function readBeside(sql: SqlClient, month: Month, invoice: Told): Promise<BookedBeside> {
  const [timeZone, book] = [await organizationZone(sql), await readCostBook(sql)];
  const now = await readLedgerLines(sql, month, timeZone, book);
  const providerOf = new Map(book.charges.map(({ id, provider }) => [id, provider]));
  const isCharge = ({ kind }: StatementLine) => kind === "charge";
  return {
    charges: byProvider(
      now.filter(isCharge),
      ({ chargeId }) => providerOf.get(chargeId ?? "") ?? null,
    ),
    late: await readLate(sql, month, now),
    settled: await readSettled(sql, invoice),
  };
}

/** What stands in the journal for other invoices of the month that were accepted, before this one if it is too. */
async function readSettled(
  sql: SqlClient,
  { id, month, accepted }: Told,
): Promise<ReadonlyMap<string, Usd>> {
  const before = accepted?.at ?? null;
  const rows = await sql<{ provider: string; booked: string }[]>`
    select a.provider, sum(a.billed) as booked
      from reconciliation r join adjustment a on a.booking = r.booking
     where r.month = ${`${month}-01`}::date and r.id is distinct from ${id}::uuid
       and (${before}::timestamptz is null or r.accepted_at < ${before}::timestamptz)
       and not exists (select from adjustment b where b.reverses = a.id)
     group by a.provider`;
  return new Map(rows.map(({ provider, booked }) => [provider, parseUsd(booked)]));
}

/** Usage that a closed month was not closed with; none of a month that is open. */
async function readLate(
  sql: SqlClient,
  month: Month,
  now: readonly StatementLine[],
): Promise<ReadonlyMap<string, Usd>> {
  const [closed] = await sql`
    select 1 from closed_month
     where month = ${`${month.name}-01`}::date and reopened_at is null`;
  if (closed === undefined) return new Map();
  const isUsage = ({ kind }: StatementLine) => kind === "usage";
  const was = byProvider((await readClosedLines(sql, month)).filter(isUsage), ofLine);
  const is = byProvider(now.filter(isUsage), ofLine);
  return new Map(
    [...new Set([...was.keys(), ...is.keys()])].map((provider) => [
      provider,
      subtractUsd(is.get(provider) ?? ZERO_USD, was.get(provider) ?? ZERO_USD),
    ]),
  );
}

const ofLine = ({ provider }: StatementLine) => provider;

function byProvider(
  lines: readonly StatementLine[],
  providerOf: (line: StatementLine) => string | null,
): ReadonlyMap<string, Usd> {
  const sums = new Map<string, Usd>();
  for (const line of lines) {
    const provider = providerOf(line);
    if (provider === null) continue;
    sums.set(provider, addUsd(sums.get(provider) ?? ZERO_USD, line.costs.billed));
  }
  return sums;
}
