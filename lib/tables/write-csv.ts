import type { Cell, Column } from "./column.ts";
import { type CsvCell, type CsvFlavor, csvHeader, csvRow } from "./csv.ts";
import type { TableShape, TableWriter, WritePiece } from "./table-writer.ts";

/** RFC 4180 in one of the two flavours. */
export function csvWriter<Row>(
  { columns }: TableShape<Row>,
  flavor: CsvFlavor,
  write: WritePiece,
): TableWriter<Row> {
  return {
    begin: async () => {
      await write(csvHead(columns, flavor));
    },
    add: async (rows) => {
      await write(csvRows(columns, rows, flavor));
    },
    finish: async () => {},
  };
}

/** A table of moderate length as one text. */
export function csvText<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  flavor: CsvFlavor,
): string {
  return csvHead(columns, flavor) + csvRows(columns, rows, flavor);
}

function csvHead<Row>(columns: readonly Column<Row>[], flavor: CsvFlavor): string {
  return csvHeader(
    columns.map(({ name }) => name),
    flavor,
  );
}

function csvRows<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  flavor: CsvFlavor,
): string {
  const line = (row: Row) =>
    csvRow(
      columns.map((column) => csvCell(column, column.cell(row))),
      flavor,
    );
  return rows.map(line).join("");
}

function csvCell<Row>({ kind }: Column<Row>, cell: Cell): CsvCell {
  if (cell === null) return { text: null };
  if (cell instanceof Date) return { time: cell };
  return kind === "text" || kind === "json" ? { text: cell } : { number: cell };
}
