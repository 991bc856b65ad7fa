import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { type CsvFlavor, csvHeader, csvRow } from "#lib/reports/csv.ts";
import type { DatedLine } from "./statements.ts";

export function statementCsvHeader(flavor: CsvFlavor): string {
  return csvHeader(
    [
      ...["month", "state", "team", "cost_center", "line", "provider", "model"],
      ...["charge", "shared_cost", "tokens", "unpriced_calls"],
      ...["list_cost", "contracted_cost", "effective_cost", "billed_cost", "currency"],
    ],
    flavor,
  );
}

export function statementCsvRow(line: DatedLine, flavor: CsvFlavor): string {
  const { costs } = line;
  return csvRow(
    [
      { text: line.month },
      { text: line.isClosed ? "closed" : "open" },
      { text: line.team },
      { text: line.costCenter },
      { text: line.kind },
      { text: line.provider },
      { text: line.model },
      { text: line.chargeName },
      { text: line.poolName },
      { number: String(line.tokens) },
      { number: String(line.unpricedCalls) },
      { number: toDecimal(costs.list) },
      { number: toDecimal(costs.contracted) },
      { number: toDecimal(costs.effective) },
      { number: toDecimal(costs.billed) },
      { text: CURRENCY },
    ],
    flavor,
  );
}
