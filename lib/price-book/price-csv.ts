import { CURRENCY } from "#lib/money/money.ts";
import { type CsvCell, type CsvFlavor, csvHeader, csvRow } from "#lib/reports/csv.ts";
import type { ListedPrice } from "./list-prices.ts";

/** The columns of a price file, and what stands in them. Our importer reads them back. */
const COLUMNS: readonly (readonly [name: string, cell: (row: ListedPrice) => CsvCell])[] = [
  ["id", ({ id }) => ({ text: id })],
  ["origin", ({ origin }) => ({ text: origin })],
  ["state", ({ state }) => ({ text: state })],
  ["team", ({ team }) => ({ text: team })],
  ["kind", ({ kind }) => ({ text: kind })],
  ["provider", ({ provider }) => ({ text: provider })],
  ["model", ({ model }) => ({ text: model })],
  ["unit", ({ unit }) => ({ text: unit })],
  ["amount", ({ price }) => ("amount" in price ? { number: price.amount } : { text: null })],
  ["per", ({ price }) => ("amount" in price ? { number: price.per } : { text: null })],
  ["discount", ({ price }) => ({ text: discountText(price) })],
  ["currency", () => ({ text: CURRENCY })],
  ["tier", ({ tier }) => ({ text: tier })],
  ["speed", ({ speed }) => ({ text: speed })],
  ["region", ({ region }) => ({ text: region })],
  ["includes_fees", ({ includesFees }) => ({ text: includesFees ? "true" : null })],
  ["context_over", ({ context }) => number(context?.over)],
  ["context_from", ({ context }) => number(context?.from)],
  ["context_up_to", ({ context }) => number(context?.upTo)],
  ["context_below", ({ context }) => number(context?.below)],
  ["window_tz", ({ window }) => ({ text: window?.tz ?? null })],
  ["window_weekdays", ({ window }) => ({ text: window?.weekdays?.join(" ") ?? null })],
  ["window_from", ({ window }) => ({ text: window?.from ?? null })],
  ["window_to", ({ window }) => ({ text: window?.to ?? null })],
  ["window_except_dates", ({ window }) => ({ text: window?.exceptDates?.join(" ") ?? null })],
  ["effective_from", ({ effectiveFrom }) => time(effectiveFrom)],
  ["effective_to", ({ effectiveTo }) => time(effectiveTo)],
  ["source_name", ({ source }) => ({ text: source.name })],
  ["source_url", ({ source }) => ({ text: source.url })],
  ["source_quote", ({ source }) => ({ text: source.quote })],
  ["source_checked_at", ({ source }) => ({ text: source.checkedAt })],
  ["sold_as", ({ soldAs }) => ({ text: soldAs })],
  ["recorded_at", ({ recordedAt }) => time(recordedAt)],
  ["recorded_by", ({ recordedBy }) => ({ text: recordedBy })],
  ["superseded_at", ({ supersededAt }) => time(supersededAt)],
  ["superseded_by", ({ supersededBy }) => ({ text: supersededBy })],
];

/** The rates as CSV (RFC 4180), with the header row. */
export function pricesCsv(rows: readonly ListedPrice[], flavor: CsvFlavor): string {
  const header = csvHeader(
    COLUMNS.map(([name]) => name),
    flavor,
  );
  const lines = rows.map((row) =>
    csvRow(
      COLUMNS.map(([, cell]) => cell(row)),
      flavor,
    ),
  );
  return header + lines.join("");
}

/** "3/20" for 15 % off; null for an amount. */
export function discountText(price: ListedPrice["price"]): string | null {
  return "off" in price ? `${price.off.num}/${price.off.den}` : null;
}

function number(value: number | undefined): CsvCell {
  return value === undefined ? { text: null } : { number: value };
}

function time(at: Date | null): CsvCell {
  return at === null ? { text: null } : { time: at };
}
