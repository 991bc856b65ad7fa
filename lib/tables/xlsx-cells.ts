import type { Cell, Column } from "./column.ts";
import { TIME_STYLE, TITLE_STYLE } from "./xlsx-parts.ts";

/** A column of a sheet; `isExact`: its numbers as text, with all their digits. */
export type XlsxColumn<Row> = Column<Row> & { readonly isExact: boolean };

/** What Excel keeps of a text, and of the digits of a number. */
const LONGEST_TEXT = 32_767;
const MOST_DIGITS = 15;
const DAY_MS = 86_400_000;
/** Days from Excel's day 0 to 1970-01-01. */
const DAYS_BEFORE_1970 = 25_569;
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

/** Whether Excel would keep a number to its last digit. */
export function isHeldByExcel<Row>({ kind }: Column<Row>, cell: Cell): boolean {
  if (typeof cell !== "string" || isText(kind)) return true;
  const digits = cell.replace(/^-?0*\.?0*/, "").replace(".", "");
  const whole = cell.includes(".") ? digits : digits.replace(/0+$/, "");
  return whole.length <= MOST_DIGITS;
}

function xlsxCell<Row>(at: string, { kind, isExact }: XlsxColumn<Row>, cell: Cell): string {
  if (cell === null || cell === "") return "";
  if (cell instanceof Date) {
    const days = cell.getTime() / DAY_MS + DAYS_BEFORE_1970;
    return `<c r="${at}" s="${TIME_STYLE}"><v>${days}</v></c>`;
  }
  return isExact || isText(kind) ? textCell(at, cell) : `<c r="${at}"><v>${Number(cell)}</v></c>`;
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

const isText = (kind: Column<never>["kind"]) => kind === "text" || kind === "json";

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
