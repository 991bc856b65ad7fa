import type { QuoteLine } from "#lib/pricing/quote.ts";
import { type Column, count, decimal, text } from "#lib/tables/column.ts";

/** Quantity × rate of a unit; `beside` where a row is of none. */
export function lineColumns<Row>(of: (row: Row) => QuoteLine | null): Column<Row>[] {
  return [
    text("unit", (row) => of(row)?.unit ?? "beside"),
    decimal("quantity", (row) => of(row)?.quantity.toString()),
    decimal("rate", (row) => of(row)?.rate?.amount),
    count("per", (row) => of(row)?.rate?.per),
    text("multiplier", (row) => of(row)?.multiplier),
    text("source", (row) => of(row)?.rate?.source),
    text("source_url", (row) => of(row)?.rate?.source_url),
    text("effective_from", (row) => of(row)?.rate?.effective_from),
    text("kind", (row) => of(row)?.rate?.kind),
  ];
}
