import assert from "node:assert/strict";
import { toDecimal } from "#lib/money/money.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";
import type { PriceOf } from "../counted-usage.ts";
import type { InvoiceColumns, InvoiceSource } from "../invoice-line.ts";
import { type InvoiceFile, parseInvoice } from "../parse-invoice.ts";

const MONTH = { first: parseDay("2026-10-01"), end: parseDay("2026-11-01") };

/** Reads files of October 2026, those without amounts at these prices. */
export function octoberReader(priceOf: PriceOf = () => []) {
  return (
    source: InvoiceSource,
    text: string,
    columns: InvoiceColumns | null = null,
    provider: string | null = null,
  ): InvoiceFile => parseInvoice(text, { source, month: MONTH, columns, provider, priceOf });
}

/** Each line in one row of texts; of a file without errors. */
export function shown({ lines, errors }: InvoiceFile): string[] {
  assert.deepEqual(errors, []);
  return lines.map(({ kind, provider, model, day, tokenClass, amount, tokens }) =>
    [
      ...[kind, provider, model ?? "-", day === null ? "-" : dayText(day), tokenClass ?? "-"],
      ...[toDecimal(amount), tokens === null ? "-" : String(tokens)],
    ].join(" | "),
  );
}
