import writeExcelFile from "write-excel-file/node";
import { AppError } from "#lib/errors.ts";
import type { Cell, Column } from "./column.ts";
import type { TableShape, TableWriter, WritePiece } from "./table-writer.ts";

/** A workbook is put together in memory: longer tables are for CSV and Parquet. */
export const MOST_XLSX_ROWS = 50_000;
/** What Excel keeps of a text, and of the digits of a number. */
const LONGEST_TEXT = 32_767;
const MOST_DIGITS = 15;
const TIME_FORMAT = "yyyy-mm-dd hh:mm:ss";

type XlsxCell = string | number | null | { value: Date; type: DateConstructor; format: string };

/**
 * A workbook of two sheets: the rows, and the control totals. Every cell is
 * typed, so that no text can run as a formula. Numbers are numbers; where one
 * has more digits than Excel keeps, a column of text behind the others, named
 * `…_exact`, has them all. Times are UTC.
 *
 * @throws {AppError} "too_large" for more than `MOST_XLSX_ROWS` rows.
 */
export function xlsxWriter<Row>({ columns }: TableShape<Row>, write: WritePiece): TableWriter<Row> {
  const held: Row[] = [];
  return {
    begin: async () => {},
    add: async (rows) => {
      assertXlsxHolds(held.length + rows.length);
      for (const row of rows) held.push(row);
    },
    finish: async (totals) => {
      const exact = columns.filter((column) =>
        held.some((row) => !isHeldByExcel(column, column.cell(row))),
      );
      const titles = [
        ...columns.map(({ name }) => name),
        ...exact.map(({ name }) => `${name}_exact`),
      ];
      const lines = held.map((row): XlsxCell[] => [
        ...columns.map((column) => xlsxCell(column, column.cell(row))),
        ...exact.map((column) => column.cell(row) as string | null),
      ]);
      const book = await writeExcelFile([
        { sheet: "Data", data: [titles, ...lines], stickyRowsCount: 1 },
        {
          sheet: "Control totals",
          data: totals.map(([label, value]) => [label, shortened(value)]),
          columns: [{ width: 24 }, { width: 80 }],
        },
      ]).toBuffer();
      await write(book);
    },
  };
}

/** @throws {AppError} "too_large" */
export function assertXlsxHolds(rows: number): void {
  if (rows <= MOST_XLSX_ROWS) return;
  throw new AppError(
    `An XLSX file takes at most ${MOST_XLSX_ROWS} rows: ask for CSV or Parquet, or for less`,
    { code: "too_large" },
  );
}

function xlsxCell<Row>({ kind }: Column<Row>, cell: Cell): XlsxCell {
  if (cell === null || cell === "") return null;
  if (cell instanceof Date) return { value: cell, type: Date, format: TIME_FORMAT };
  return kind === "text" || kind === "json" ? shortened(cell) : Number(cell);
}

function isHeldByExcel<Row>({ kind }: Column<Row>, cell: Cell): boolean {
  if (typeof cell !== "string" || kind === "text" || kind === "json") return true;
  const digits = cell.replace(/^-?0*\.?0*/, "").replace(".", "");
  const whole = cell.includes(".") ? digits : digits.replace(/0+$/, "");
  return whole.length <= MOST_DIGITS;
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…`;
}
