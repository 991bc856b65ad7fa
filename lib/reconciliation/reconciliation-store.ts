import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { InvoiceLine, InvoiceSource } from "#lib/invoices/invoice-line.ts";
import { INVOICE_KINDS, INVOICE_SOURCES } from "#lib/invoices/invoice-line.ts";
import { parseUsd, toDecimal } from "#lib/money/money.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";

/** An invoice that was uploaded. */
export type Invoice = {
  readonly id: string;
  /** `2026-10`. */
  readonly month: string;
  readonly source: InvoiceSource;
  readonly fileName: string;
  readonly fileHash: string;
  readonly passedOver: number;
  /** Null: the amounts are the file's own. */
  readonly counted: Counted | null;
  readonly providers: readonly string[];
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly accepted: Acceptance | null;
  /** Ids of those of the month that it takes the place of, and that it is a further part to. */
  readonly replaces: readonly string[];
  readonly addedTo: readonly string[];
  readonly withdrawn: Withdrawal | null;
};

/** Of a file that counts usage and tells no amounts: Outlay priced it when it was kept. */
export type Counted = {
  /** Tokens without a price, which are worth nothing in its amounts. */
  readonly unpricedTokens: bigint;
};

/** Who said that an invoice does not count, and why. */
export type Withdrawal = { readonly at: Date; readonly by: string; readonly note: string };

/** Who took the gap for settled, and what it was. */
export type Acceptance = {
  readonly at: Date;
  readonly by: string;
  readonly note: string;
  readonly booking: string | null;
  /** Decimal texts of dollars. */
  readonly invoiced: string;
  readonly ours: string;
  readonly gap: string;
};

type Row = {
  readonly id: string;
  readonly month: string;
  readonly source: string;
  readonly file_name: string;
  readonly file_hash: string;
  readonly passed_over: number;
  readonly unpriced_tokens: bigint | null;
  readonly providers: string[] | null;
  readonly created_at: Date;
  readonly created_by: string;
  readonly accepted_at: Date | null;
  readonly accepted_by: string | null;
  readonly accepted_note: string | null;
  readonly accepted: { invoiced: string; ours: string; gap: string } | null;
  readonly booking: string | null;
  readonly replaces: string[];
  readonly added_to: string[];
  readonly withdrawn_at: Date | null;
  readonly withdrawn_by: string | null;
  readonly withdrawn_note: string | null;
};

/** The invoices, those of the newest month first. */
export async function readInvoices(sql: SqlClient | Tx): Promise<readonly Invoice[]> {
  const rows = await sql<Row[]>`
    select r.id, to_char(r.month, 'YYYY-MM') as month, r.source, r.file_name, r.file_hash,
           r.passed_over, r.unpriced_tokens, r.created_at, r.created_by, r.accepted_at, r.accepted_by,
           r.accepted_note, r.accepted, r.booking, r.replaces, r.added_to, r.withdrawn_at,
           r.withdrawn_by, r.withdrawn_note,
           (select array_agg(distinct l.provider order by l.provider)
              from reconciliation_line l where l.reconciliation_id = r.id) as providers
      from reconciliation r
     order by r.month desc, r.created_at desc, r.id`;
  return rows.map((row) => ({
    ...{ id: row.id, month: row.month, fileName: row.file_name, fileHash: row.file_hash },
    source: INVOICE_SOURCES.find((source) => source === row.source) ?? "csv",
    ...{ passedOver: row.passed_over, providers: row.providers ?? [] },
    counted: row.unpriced_tokens === null ? null : { unpricedTokens: row.unpriced_tokens },
    ...{ createdAt: row.created_at, createdBy: row.created_by },
    accepted: acceptanceOf(row),
    ...{ replaces: row.replaces, addedTo: row.added_to, withdrawn: withdrawalOf(row) },
  }));
}

function acceptanceOf(row: Row): Acceptance | null {
  const { accepted_at: at, accepted_by: by, accepted_note: note, accepted, booking } = row;
  if (at === null || accepted === null) return null;
  return { at, by: by ?? "", note: note ?? "", booking, ...accepted };
}

function withdrawalOf(row: Row): Withdrawal | null {
  const { withdrawn_at: at, withdrawn_by: by, withdrawn_note: note } = row;
  return at === null ? null : { at, by: by ?? "", note: note ?? "" };
}

export type NewInvoice = Omit<Invoice, "accepted" | "providers" | "withdrawn"> & {
  readonly lines: readonly InvoiceLine[];
};

export async function insertInvoice(tx: Tx, invoice: NewInvoice): Promise<void> {
  const { id, month, source, fileName, fileHash, passedOver, counted, createdAt, createdBy } =
    invoice;
  await tx`
    insert into reconciliation (id, month, source, file_name, file_hash, passed_over,
      unpriced_tokens, created_at, created_by, replaces, added_to)
    values (${id}::uuid, ${`${month}-01`}::date, ${source}, ${fileName}, ${fileHash}, ${passedOver},
      ${counted === null ? null : String(counted.unpricedTokens)}::text::int8, ${createdAt}, ${createdBy}, ${[...invoice.replaces]}::uuid[],
      ${[...invoice.addedTo]}::uuid[])`;
  const rows = invoice.lines.map((line, index) => ({
    ...{ line: index, kind: line.kind, provider: line.provider, model: line.model },
    ...{ day: line.day === null ? null : dayText(line.day), token_class: line.tokenClass },
    ...{ amount: toDecimal(line.amount), rows: line.rows },
    tokens: line.tokens === null ? null : String(line.tokens),
  }));
  await tx`
    insert into reconciliation_line (reconciliation_id, line, kind, provider, model, day,
      token_class, amount, tokens, rows)
    select ${id}::uuid, r.* from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (
      line int, kind text, provider text, model text, day date, token_class text, amount numeric,
      tokens int8, rows int)`;
}

type LineRow = {
  readonly kind: string;
  readonly provider: string;
  readonly model: string | null;
  readonly day: string | null;
  readonly token_class: string | null;
  readonly amount: string;
  readonly tokens: bigint | null;
  readonly rows: number;
};

/** What these invoices say together; what is withdrawn says nothing more, unless it alone is asked for. */
export async function readInvoiceLines(
  sql: SqlClient | Tx,
  { id, addedTo }: Pick<Invoice, "addedTo"> & { readonly id: string | null },
): Promise<readonly InvoiceLine[]> {
  const rows = await sql<LineRow[]>`
    select kind, provider, model, to_char(day, 'YYYY-MM-DD') as day, token_class, amount, tokens,
           rows
      from reconciliation_line
     where reconciliation_id = ${id}::uuid
        or reconciliation_id in (select r.id from reconciliation r
            where r.id = any(${[...addedTo]}::uuid[]) and r.withdrawn_at is null)
     order by reconciliation_id, line`;
  return rows.map((row) => ({
    kind: INVOICE_KINDS.find((kind) => kind === row.kind) ?? "fee",
    ...{ provider: row.provider, model: row.model, rows: row.rows, tokens: row.tokens },
    day: row.day === null ? null : parseDay(row.day),
    tokenClass: TOKEN_CLASSES.find((name) => name === row.token_class) ?? null,
    amount: parseUsd(row.amount),
  }));
}
