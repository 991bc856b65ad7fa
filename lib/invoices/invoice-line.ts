import type { Usd } from "#lib/money/money.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import type { TokenClass } from "#lib/usage/tokens.ts";

export const INVOICE_SOURCES = [
  "openai",
  "anthropic",
  "google",
  "aws",
  "azure",
  "focus",
  "csv",
] as const;
/** Whose file it is; docs/reconciliation.md says how to get each. */
export type InvoiceSource = (typeof INVOICE_SOURCES)[number];

/** A month of one provider; a larger export is summed by day and model first. */
export const MOST_INVOICE_BYTES = 32 * 1024 * 1024;

export const INVOICE_KINDS = ["usage", "subscription", "tax", "credit", "fee"] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

/** What an invoice says, summed over its rows of the same subject. */
export type InvoiceLine = {
  readonly kind: InvoiceKind;
  /** In OpenTelemetry's names. */
  readonly provider: string;
  /** A model, or an item that names it, in the invoice's words; null where it says neither. */
  readonly model: string | null;
  /** In UTC, by which providers invoice; null where it says none. */
  readonly day: CivilDay | null;
  readonly tokenClass: TokenClass | null;
  readonly amount: Usd;
  readonly tokens: bigint | null;
  /** How many rows of the file: each may be rounded. */
  readonly rows: number;
};

/** The names of the columns of a CSV file of another form; day and provider may be left out. */
export type InvoiceColumns = {
  /** Absent: the file only counts tokens. */
  readonly amount?: string | undefined;
  readonly day?: string | undefined;
  readonly model?: string | undefined;
  readonly token_class?: string | undefined;
  readonly tokens?: string | undefined;
  readonly kind?: string | undefined;
  readonly currency?: string | undefined;
  readonly provider?: string | undefined;
};
