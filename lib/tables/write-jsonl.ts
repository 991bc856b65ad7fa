import type { Cell, Column } from "./column.ts";
import type { TableShape, TableWriter, WritePiece } from "./table-writer.ts";

/** JSON Lines: one object a row, numbers with all their digits, money as decimal strings. */
export function jsonlWriter<Row>(
  { columns }: TableShape<Row>,
  write: WritePiece,
): TableWriter<Row> {
  return {
    begin: async () => {},
    add: async (rows) => {
      await write(rows.map((row) => jsonLine(columns, row)).join(""));
    },
    finish: async () => {},
  };
}

/** One row, with its line end. */
export function jsonLine<Row>(columns: readonly Column<Row>[], row: Row): string {
  const members = columns.map(
    (column) => `${JSON.stringify(column.name)}:${literalOf(column, column.cell(row))}`,
  );
  return `{${members.join(",")}}\n`;
}

function literalOf<Row>({ kind }: Column<Row>, cell: Cell): string {
  if (cell === null) return "null";
  if (cell instanceof Date) return JSON.stringify(cell.toISOString().replace(".000Z", "Z"));
  return kind === "text" || kind === "amount" ? JSON.stringify(cell) : cell;
}
