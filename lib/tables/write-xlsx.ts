import { AppError } from "#lib/errors.ts";
import { type Column, text } from "./column.ts";
import type { TableShape, TableWriter, WritePiece } from "./table-writer.ts";
import {
  exactColumn,
  isHeldByExcel,
  sheetColumn,
  titleRow,
  type XlsxColumn,
  xlsxRow,
} from "./xlsx-cells.ts";
import { SHEET_END, sheetHead, WORKBOOK_PARTS } from "./xlsx-parts.ts";
import { zipFile } from "./zip-file.ts";

/** What a sheet of Excel takes below its titles. */
export const MOST_XLSX_ROWS = 1_048_575;
/** So many rows are held to see which amounts have more digits than Excel keeps. */
const ROWS_LOOKED_AT = 10_000;

/**
 * A workbook of two sheets: the rows, and the control totals. Every cell is
 * typed, so that no text can run as a formula. Numbers are numbers; where one
 * has more digits than Excel keeps, a column of text behind the others, named
 * `…_exact`, has them all. Of a long table only the first rows are looked at for
 * this: each sum of money has that column, and other numbers that turn out too
 * long later are text. Times are UTC.
 *
 * @throws {AppError} "too_large" for more than `MOST_XLSX_ROWS` rows, or 4 GiB.
 */
export function xlsxWriter<Row>({ columns }: TableShape<Row>, write: WritePiece): TableWriter<Row> {
  const zip = zipFile(write);
  let held: Row[] = [];
  let [rows, shown]: [number, readonly XlsxColumn<Row>[] | undefined] = [0, undefined];
  const addRows = async (some: readonly Row[], all: readonly XlsxColumn<Row>[]) => {
    for (const row of some) {
      rows += 1;
      await zip.add(xlsxRow(all, row, rows + 1));
    }
  };
  /** @param isLong Whether rows are to come that nobody looked at. */
  const openSheet = async (isLong: boolean) => {
    const isLonger = (column: Column<Row>) =>
      held.some((row) => !isHeldByExcel(column, column.cell(row)));
    const exact = columns.filter((column) => (isLong && column.isSummed) || isLonger(column));
    shown = [
      ...columns.map((column) => sheetColumn(column, exact.includes(column))),
      ...exact.map(exactColumn),
    ];
    for (const [name, xml] of WORKBOOK_PARTS) {
      await zip.begin(name);
      await zip.add(xml);
    }
    await zip.begin("xl/worksheets/sheet1.xml");
    await zip.add(sheetHead(shown, true) + titleRow(shown));
    await addRows(held, shown);
    held = [];
  };
  return {
    begin: async () => {},
    add: async (some) => {
      assertXlsxHolds(rows + held.length + some.length);
      if (shown !== undefined) return addRows(some, shown);
      for (const row of some) held.push(row);
      if (held.length > ROWS_LOOKED_AT) await openSheet(true);
    },
    finish: async (totals) => {
      if (shown === undefined) await openSheet(false);
      await zip.add(SHEET_END);
      await zip.begin("xl/worksheets/sheet2.xml");
      await zip.add(sheetHead(TOTALS, false));
      for (const [index, total] of totals.entries()) {
        await zip.add(xlsxRow(TOTALS, total, index + 1));
      }
      await zip.add(SHEET_END);
      await zip.finish();
    },
  };
}

type Total = readonly [label: string, value: string];
const TOTALS: readonly XlsxColumn<Total>[] = [
  {
    ...sheetColumn(
      text<Total>("label", ([label]) => label),
      false,
    ),
    width: 24,
  },
  {
    ...sheetColumn(
      text<Total>("value", ([, value]) => value),
      false,
    ),
    width: 80,
  },
];

/** @throws {AppError} "too_large" */
export function assertXlsxHolds(rows: number): void {
  if (rows <= MOST_XLSX_ROWS) return;
  throw new AppError(
    `An XLSX file takes at most ${MOST_XLSX_ROWS} rows: ask for CSV or Parquet, or for less`,
    { code: "too_large" },
  );
}
