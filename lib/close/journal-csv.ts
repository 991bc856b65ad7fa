import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { type CsvFlavor, csvHeader, csvRow } from "#lib/reports/csv.ts";
import type { Adjustment } from "./adjustment-store.ts";

/** The journal as a file: one row for each signed entry. */
export function journalCsv(entries: readonly Adjustment[], flavor: CsvFlavor): string {
  const header = csvHeader(
    [
      ...["month", "about_month", "booking", "entry", "reason", "team", "cost_center", "line"],
      ...["provider", "model", "charge", "shared_cost", "note", "reference", "reverses"],
      ...["list_cost", "contracted_cost", "effective_cost", "billed_cost", "currency"],
      ...["booked_at", "booked_by"],
    ],
    flavor,
  );
  return header + entries.map((entry) => journalRow(entry, flavor)).join("");
}

function journalRow(entry: Adjustment, flavor: CsvFlavor): string {
  const { subject } = entry;
  return csvRow(
    [
      { text: entry.month },
      { text: entry.sourceMonth },
      { text: entry.booking },
      { text: entry.id },
      { text: entry.reason },
      { text: subject.team },
      { text: subject.costCenter },
      { text: subject.kind },
      { text: subject.provider },
      { text: subject.model },
      { text: subject.chargeName },
      { text: subject.poolName },
      { text: entry.note },
      { text: entry.reference },
      { text: entry.reverses },
      { number: toDecimal(subject.costs.list) },
      { number: toDecimal(subject.costs.contracted) },
      { number: toDecimal(subject.costs.effective) },
      { number: toDecimal(subject.costs.billed) },
      { text: CURRENCY },
      { time: entry.createdAt },
      { text: entry.createdBy },
    ],
    flavor,
  );
}
