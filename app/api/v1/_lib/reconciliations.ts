import { z } from "zod";
import { INVOICE_SOURCES, type InvoiceColumns } from "#lib/invoices/invoice-line.ts";
import { CURRENCY, sumUsd, toDecimal } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { canonicalProvider } from "#lib/pricing/providers.ts";
import { type ComparedRow, type Comparison, GAP_REASONS } from "#lib/reconciliation/comparison.ts";
import { gapOf, gapShare } from "#lib/reconciliation/gap-share.ts";
import type { UploadAnswer } from "#lib/reconciliation/reconcile.ts";
import type { Counted, Invoice } from "#lib/reconciliation/reconciliation-store.ts";
import { STANDINGS, type Standing } from "#lib/reconciliation/standing.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

const Column = z.string().trim().min(1).max(100).optional();

export const UploadParameters = z
  .strictObject({
    source: z.enum(INVOICE_SOURCES),
    month: Month,
    file: z.string().trim().min(1).max(200).meta({ description: "The file's name" }),
    provider: z.string().trim().min(1).max(100).transform(canonicalProvider).optional(),
    earlier: z
      .union([z.enum(["add", "replace"]), z.uuid()])
      .optional()
      .meta({
        description:
          "What the file is to the month's invoices of its providers: a further part, all of them anew, or the one of this id anew; needed where there are any",
      }),
    dry_run: z.stringbool().default(false),
    "column.amount": Column,
    "column.day": Column,
    "column.model": Column,
    "column.token_class": Column,
    "column.tokens": Column,
    "column.kind": Column,
    "column.currency": Column,
    "column.provider": Column,
  })
  .refine(
    (input) =>
      input.source !== "csv" ||
      input["column.amount"] !== undefined ||
      (input["column.tokens"] !== undefined && input["column.model"] !== undefined),
    {
      path: ["column.amount"],
      message: "is needed for source csv, or column.tokens, column.model and column.token_class",
    },
  )
  .refine(
    (input) =>
      input.source !== "csv" ||
      input.provider !== undefined ||
      input["column.provider"] !== undefined,
    { path: ["provider"], message: "is needed for source csv, or column.provider" },
  );

export function columnsOf(input: z.output<typeof UploadParameters>): InvoiceColumns | null {
  if (input.source !== "csv") return null;
  return {
    amount: input["column.amount"],
    day: input["column.day"],
    model: input["column.model"],
    token_class: input["column.token_class"],
    tokens: input["column.tokens"],
    kind: input["column.kind"],
    currency: input["column.currency"],
    provider: input["column.provider"],
  };
}

export const WithdrawInput = z.strictObject({ note: z.string().trim().min(1).max(500) });

export const AcceptInput = z.strictObject({
  month: Month.meta({ description: "An open month, in whose journal the gap is booked" }),
  team: z.string().trim().min(1).max(120).default("unallocated"),
  note: z.string().trim().min(1).max(500),
});

const ComparedRows = z.array(
  z.strictObject({
    provider: z.string(),
    value: z.string().nullable(),
    invoiced: Amount,
    ours: Amount,
    gap: Amount,
    invoiced_tokens: z.string().nullable(),
    tokens: z.string(),
  }),
);

export const ComparisonBody = z.strictObject({
  currency: z.literal(CURRENCY),
  invoiced: Amount,
  ours: Amount,
  gap: Amount.meta({ description: "Above zero: the invoice asks for more than the books have" }),
  gap_share: z.string().nullable().meta({ description: "Of what is invoiced; 0.01 is 1 %" }),
  settled: Amount.meta({
    description: "Of the gap, what is booked with other invoices of the month already",
  }),
  reasons: z.array(z.strictObject({ reason: z.enum(GAP_REASONS), amount: Amount })),
  by_provider: ComparedRows,
  by_model: ComparedRows,
  by_token_class: ComparedRows,
  by_day: ComparedRows.meta({ description: "Days of UTC; empty where the invoice names none" }),
});

const COUNTED = {
  amounts: z.enum(["file", "outlay_prices"]).meta({
    description: "outlay_prices: the file counts usage and tells no amounts; Outlay priced it",
  }),
  unpriced_tokens: z.string().nullable().meta({
    description: "Of outlay_prices: tokens without a price, worth nothing in the amounts",
  }),
};

export const InvoiceBody = z.strictObject({
  id: z.uuid(),
  month: Month,
  source: z.enum(INVOICE_SOURCES),
  file: z.string(),
  sha256: z.string(),
  providers: z.array(z.string()),
  passed_over: z.int(),
  ...COUNTED,
  created_at: Instant,
  created_by: z.string(),
  accepted: z
    .strictObject({
      at: Instant,
      by: z.string(),
      note: z.string(),
      booking: z.uuid().nullable(),
      invoiced: Amount,
      ours: Amount,
      gap: Amount,
    })
    .nullable(),
  state: z.enum(STANDINGS).meta({
    description: "Of these, added_to, replaced and withdrawn count no more by themselves",
  }),
  replaces: z.array(z.uuid()),
  added_to: z.array(z.uuid()).meta({ description: "It is compared together with these" }),
  withdrawn: z.strictObject({ at: Instant, by: z.string(), note: z.string() }).nullable(),
});

export const InvoicesBody = z.strictObject({ rows: z.array(InvoiceBody) });
export const ReconciliationBody = z.strictObject({
  ...InvoiceBody.shape,
  comparison: ComparisonBody,
});
export const UploadBody = z.strictObject({
  state: z.enum(["checked", "kept", "refused"]),
  id: z.uuid().nullable(),
  lines: z.int(),
  passed_over: z.int(),
  ...COUNTED,
  errors: z.array(z.strictObject({ line: z.int(), message: z.string() })),
  earlier: z
    .array(z.strictObject({ id: z.uuid(), file: z.string() }))
    .meta({ description: "The month's invoices of its providers that counted before it" }),
  comparison: ComparisonBody.nullable(),
});

export function invoiceBody(invoice: Invoice, { state }: Standing): z.input<typeof InvoiceBody> {
  const { accepted, withdrawn } = invoice;
  return {
    ...{ id: invoice.id, month: invoice.month, source: invoice.source, file: invoice.fileName },
    ...{ sha256: invoice.fileHash, providers: [...invoice.providers] },
    passed_over: invoice.passedOver,
    ...countedBody(invoice.counted),
    ...{ created_at: iso(invoice.createdAt), created_by: invoice.createdBy },
    accepted: accepted === null ? null : { ...accepted, at: iso(accepted.at) },
    ...{ state, replaces: [...invoice.replaces], added_to: [...invoice.addedTo] },
    withdrawn: withdrawn === null ? null : { ...withdrawn, at: iso(withdrawn.at) },
  };
}

export function comparisonBody(found: Comparison): z.input<typeof ComparisonBody> {
  return {
    currency: CURRENCY,
    invoiced: toDecimal(found.invoiced),
    ours: toDecimal(found.ours),
    gap: toDecimal(found.gap),
    gap_share: gapShare(found),
    settled: toDecimal(sumUsd([...found.settled.values()])),
    reasons: found.reasons.map(({ reason, amount }) => ({ reason, amount: toDecimal(amount) })),
    by_provider: found.byProvider.map(rowBody),
    by_model: found.byModel.map(rowBody),
    by_token_class: found.byClass.map(rowBody),
    by_day: found.byDay.map(rowBody),
  };
}

/** Whose prices the amounts of a file are. */
export function countedBody(counted: Counted | null) {
  return counted === null
    ? ({ amounts: "file", unpriced_tokens: null } as const)
    : ({ amounts: "outlay_prices", unpriced_tokens: String(counted.unpricedTokens) } as const);
}

function rowBody(row: ComparedRow) {
  return {
    ...{ provider: row.provider, value: row.value },
    invoiced: toDecimal(row.invoiced),
    ours: toDecimal(row.ours),
    gap: toDecimal(gapOf(row)),
    invoiced_tokens: row.invoicedTokens === null ? null : String(row.invoicedTokens),
    tokens: String(row.tokens),
  };
}

export function uploadBody(answer: UploadAnswer): z.input<typeof UploadBody> {
  if (answer.kind === "refused") {
    const errors = [...answer.errors];
    const nothing = { id: null, lines: 0, passed_over: 0, earlier: [], comparison: null };
    return { state: "refused", errors, ...nothing, ...countedBody(null) };
  }
  const { kind, id, lines, passedOver, counted, earlier, comparison } = answer;
  return {
    ...{ state: kind, id, lines, passed_over: passedOver, errors: [] },
    ...countedBody(counted),
    earlier: earlier.map(({ id: had, fileName }) => ({ id: had, file: fileName })),
    comparison: comparisonBody(comparison),
  };
}
