import { type Costs, hasCosts } from "#lib/cost-model/costs.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { type CsvCell, type CsvFlavor, csvHeader, csvRow } from "#lib/reports/csv.ts";
import type { Statement } from "./read-statement.ts";

type Told = {
  readonly line: string;
  readonly provider?: string | null;
  readonly model?: string | null;
  readonly tokenClass?: string | null;
  readonly about?: string | null;
  readonly note?: string;
  readonly reference?: string;
  readonly tokens?: bigint;
  readonly costs: Costs;
};

/** One statement as a file: usage by model and class of tokens, and what stands beside it. */
export function teamStatementCsv(
  statement: Statement,
  flavor: CsvFlavor,
): { readonly csv: string; readonly rows: number } {
  const rows = [
    ...statement.usage.flatMap(({ kind, provider, model, classes }) =>
      classes.map(
        ({ name, tokens, costs }): Told => ({
          ...{ line: kind, provider, model, tokenClass: name, tokens, costs },
        }),
      ),
    ),
    ...statement.fixed.map(
      ({ kind, chargeName, poolName, costs }): Told => ({
        ...{ line: kind, about: chargeName ?? poolName, costs },
      }),
    ),
    ...adjustedRows(statement),
  ];
  const header = csvHeader(
    [
      ...["month", "state", statement.of.kind, "line", "provider", "model", "token_class", "about"],
      ...["note", "reference", "tokens", "list_cost", "contracted_cost", "effective_cost"],
      ...["billed_cost", "currency"],
    ],
    flavor,
  );
  const csv = rows.map((row) => csvRow(cellsOf(statement, row), flavor)).join("");
  return { csv: header + csv, rows: rows.length };
}

/** The entries, and what is carried in a month that was opened again. */
function adjustedRows({ entries, carried }: Statement): Told[] {
  const told = entries.map(
    ({ reason, note, reference, subject }): Told => ({
      ...{ line: "adjustment", provider: subject.provider, model: subject.model, about: reason },
      ...{ note, reference, costs: subject.costs },
    }),
  );
  return hasCosts(carried) ? [...told, { line: "adjustment", costs: carried }] : told;
}

function cellsOf({ month, closing, of }: Statement, row: Told): CsvCell[] {
  const { costs } = row;
  return [
    { text: month.name },
    { text: closing === null ? "open" : "closed" },
    { text: of.value },
    { text: row.line },
    { text: row.provider ?? null },
    { text: row.model ?? null },
    { text: row.tokenClass ?? null },
    { text: row.about ?? null },
    { text: row.note ?? null },
    { text: row.reference ?? null },
    { number: row.tokens === undefined ? "" : String(row.tokens) },
    { number: toDecimal(costs.list) },
    { number: toDecimal(costs.contracted) },
    { number: toDecimal(costs.effective) },
    { number: toDecimal(costs.billed) },
    { text: CURRENCY },
  ];
}
