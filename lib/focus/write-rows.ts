import { type CsvFlavor, csvHeader, csvRow } from "#lib/reports/csv.ts";
import { COLUMNS_1_4, type FocusFormat, type FocusVersion, nameIn } from "./columns.ts";
import { type FocusRow, formatOfOwn, WRITTEN, type WrittenColumn } from "./focus-row.ts";

type Written = {
  readonly column: WrittenColumn;
  readonly name: string;
  readonly format: FocusFormat;
};

/** The columns of a file by the names of its version. 1.2 asks for the publisher of everything. */
export function writtenColumns(version: FocusVersion): readonly Written[] {
  const columns = WRITTEN.flatMap((column) => {
    const name = nameIn(version, column);
    const format = COLUMNS_1_4[column]?.format ?? formatOfOwn(column);
    return name === null ? [] : [{ column, name, format }];
  });
  const isOwn = ({ name }: Written) => name.startsWith("x_");
  const ofFocus = columns.filter((column) => !isOwn(column));
  return [...ofFocus.toSorted((a, b) => (a.name < b.name ? -1 : 1)), ...columns.filter(isOwn)];
}

export function focusCsvHeader(version: FocusVersion, flavor: CsvFlavor): string {
  const names = writtenColumns(version).map(({ name }) => name);
  return csvHeader(names, flavor);
}

/** One record; numbers are written by type, so that no guard for text touches a negative amount. */
export function focusCsvRow(row: FocusRow, version: FocusVersion, flavor: CsvFlavor): string {
  const cells = writtenColumns(version).map(({ column, format }) => {
    const text = row[column];
    return text !== null && format === "decimal" ? { number: text } : { text };
  });
  return csvRow(cells, flavor);
}

/** One line of JSON Lines. Numbers stand as they are, with all their digits; key-value columns as objects. */
export function focusJsonLine(row: FocusRow, version: FocusVersion): string {
  const members = writtenColumns(version).map(({ column, name, format }) => {
    const text = row[column];
    const isLiteral = format === "decimal" || format === "json";
    const value = text === null || isLiteral ? String(text) : JSON.stringify(text);
    return `${JSON.stringify(name)}:${value}`;
  });
  return `{${members.join(",")}}\n`;
}
