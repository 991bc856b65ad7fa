import { readClosedLines } from "#lib/close/closed-line-store.ts";
import { type Month, monthNamed } from "#lib/close/month.ts";
import { readLedgerLines } from "#lib/close/month-lines.ts";
import type { StatementLine } from "#lib/close/statement-line.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { InvoiceLine } from "#lib/invoices/invoice-line.ts";
import { addUsd, subtractUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { readCostBook } from "#lib/reports/cost-inputs.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type BookedBeside, compareInvoice } from "./compare-invoice.ts";
import type { Comparison } from "./comparison.ts";
import { readLedgerUsage } from "./read-ledger-usage.ts";

/** Holds an invoice of a month against the ledger as it is now. In the snapshot of its caller. */
export async function compareMonth(
  sql: SqlClient,
  name: string,
  lines: readonly InvoiceLine[],
): Promise<Comparison> {
  const month = monthNamed(name);
  const providers = new Set(lines.map(({ provider }) => provider));
  const days = { from: month.first, to: month.end };
  const ledger = await readLedgerUsage(sql, days, providers);
  return compareInvoice(lines, ledger, await readBeside(sql, month));
}

async function readBeside(sql: SqlClient, month: Month): Promise<BookedBeside> {
  const now = await readLedgerLines(sql, month, await organizationZone(sql));
  const { charges } = await readCostBook(sql);
  const providerOf = new Map(charges.map(({ id, provider }) => [id, provider]));
  const isCharge = ({ kind }: StatementLine) => kind === "charge";
  return {
    charges: byProvider(
      now.filter(isCharge),
      ({ chargeId }) => providerOf.get(chargeId ?? "") ?? null,
    ),
    late: await readLate(sql, month, now),
  };
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
