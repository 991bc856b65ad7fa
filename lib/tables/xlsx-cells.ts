import type { Cell, Column } from "./column.ts";
import { TIME_STYLE, TITLE_STYLE } from "./xlsx-parts.ts";

/** A column of a sheet. */
export type XlsxColumn<Row> = Column<Row> & {
  /** Whether a cell is written as text. */
  readonly holdsText: (cell: string) => boolean;
  /** In characters. */
  readonly width: number;
};

/** What Excel keeps of a text, and of the digits of a number. */
const LONGEST_TEXT = 32_767;
const MOST_DIGITS = 15;
const DAY_MS = 86_400_000;
/** Days from Excel's day 0 to 1970-01-01. */
const DAYS_BEFORE_1970 = 25_569;
const WIDTHS = { text: 18, json: 24, count: 12, decimal: 16, amount: 16, time: 20 } as const;
const EXACT_WIDTH = 30;
const MARKUP: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** What XML cannot hold or would change, and what reads like the escape for it (ST_Xstring, 22.9.2.19). */
const ESCAPED = /[^\P{Cc}\t\n]|[\ufffe\uffff]|_(?=x[\dA-Fa-f]{4}_)/gu;

export function titleRow<Row>(columns: readonly XlsxColumn<Row>[]): string {
  const titles = columns.map(({ name }, index) =>
    textCell(`${columnName(index)}1`, name, TITLE_STYLE),
  );
  return `<row r="1">${titles.join("")}</row>`;
}

/** @param number Of the row in its sheet, from 1. */
export function xlsxRow<Row>(
  columns: readonly XlsxColumn<Row>[],
  row: Row,
  number: number,
): string {
  let cells = "";
  for (const [index, column] of columns.entries()) {
    cells += xlsxCell(`${columnName(index)}${number}`, column, column.cell(row));
  }
  return `<row r="${number}">${cells}</row>`;
}

/**
 * A column as its table has it.
 *
 * @param hasExact Whether another one has its digits; without, numbers that
 *   Excel would not keep whole are text.
 */
export function sheetColumn<Row>(column: Column<Row>, hasExact: boolean): XlsxColumn<Row> {
  const holdsText = (cell: string) => isText(column) || !(hasExact || isHeldByExcel(column, cell));
  return { ...column, holdsText, width: Math.max(WIDTHS[column.kind], column.name.length + 2) };
}

/** A column of text that has all digits of a column of numbers. */
export function exactColumn<Row>(column: Column<Row>): XlsxColumn<Row> {
  return { ...column, name: `${column.name}_exact`, holdsText: () => true, width: EXACT_WIDTH };
}

/** Whether Excel would keep a number to its last digit. */
export function isHeldByExcel<Row>(column: Column<Row>, cell: Cell): boolean {
  if (typeof cell !== "string" || isText(column)) return true;
  const digits = cell.replace(/^-?0*\.?0*/, "").replace(".", "");
  const whole = cell.includes(".") ? digits : digits.replace(/0+$/, "");
  return whole.length <= MOST_DIGITS;
}

function xlsxCell<Row>(at: string, { holdsText }: XlsxColumn<Row>, cell: Cell): string {
  if (cell === null || cell === "") return "";
  if (cell instanceof Date) {
    const days = cell.getTime() / DAY_MS + DAYS_BEFORE_1970;
    return `<c r="${at}" s="${TIME_STYLE}"><v>${days}</v></c>`;
  }
  return holdsText(cell) ? textCell(at, cell) : `<c r="${at}"><v>${Number(cell)}</v></c>`;
}

function textCell(at: string, text: string, style?: number): string {
  const written = shortened(text)
    .replace(
      ESCAPED,
      (one) => `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    )
    .replace(/[&<>]/g, (one) => MARKUP[one] ?? one);
  const space = /^\s|\s$/.test(written) ? ' xml:space="preserve"' : "";
  const styled = style === undefined ? "" : ` s="${style}"`;
  return `<c r="${at}"${styled} t="inlineStr"><is><t${space}>${written}</t></is></c>`;
}

function isText<Row>({ kind }: Column<Row>): boolean {
  return kind === "text" || kind === "json";
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…`;
}

const names: string[] = [];

/** A, B, …, Z, AA, … */
function columnName(index: number): string {
  names[index] ??=
    `${index < 26 ? "" : columnName(Math.floor(index / 26) - 1)}${String.fromCharCode(65 + (index % 26))}`;
  return names[index];
}
