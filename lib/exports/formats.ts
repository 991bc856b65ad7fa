import type { TableShape, TableWriter, WritePiece } from "#lib/tables/table-writer.ts";
import { csvWriter } from "#lib/tables/write-csv.ts";
import { jsonlWriter } from "#lib/tables/write-jsonl.ts";
import { parquetWriter } from "#lib/tables/write-parquet.ts";
import { xlsxWriter } from "#lib/tables/write-xlsx.ts";
import type { ControlTotals } from "./control.ts";
import type { ExportRequest, Format } from "./export-request.ts";
import { queryText } from "./query-parameters.ts";

const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  jsonl: "application/x-ndjson; charset=utf-8",
  parquet: "application/vnd.apache.parquet",
};

export function mediaTypeOf(format: Format): string {
  return MEDIA_TYPES[format];
}

export function writerOf<Row>(
  { format, flavor }: Pick<ExportRequest, "format" | "flavor">,
  shape: TableShape<Row>,
  write: WritePiece,
): TableWriter<Row> {
  switch (format) {
    case "csv":
      return csvWriter(shape, flavor, write);
    case "jsonl":
      return jsonlWriter(shape, write);
    case "parquet":
      return parquetWriter(shape, write);
    case "xlsx":
      return xlsxWriter(shape, write);
  }
}

/** The control totals as the second sheet of a workbook says them: all but its own hash. */
export function totalsSheet(
  totals: Omit<ControlTotals, "bytes" | "sha256">,
): readonly (readonly [label: string, value: string])[] {
  const { parameters, sums, ...plain } = totals;
  return [
    ...Object.entries(plain).map(([name, value]) => [name, String(value ?? "")] as const),
    ["parameters", queryText(parameters)],
    ...Object.entries(sums).map(([name, sum]) => [`sum of ${name}`, sum] as const),
  ];
}
