import { because } from "#lib/refusals/reason.ts";
import { readCsv } from "./csv-reader.ts";
import { type Row, RowError } from "./import-row.ts";

/** One row of a CSV file, by the names in its header row. */
export type TableRow = { readonly line: number; readonly read: () => Row };
export type Table = { readonly columns: readonly string[]; readonly rows: readonly TableRow[] };

/**
 * Reads a CSV file with a header row; columns go by name, never by position.
 * Reading a row throws RowError when it has not as many fields as the header.
 *
 * @throws {RowError} without a header, or when a name occurs twice.
 * @throws {CsvSyntaxError} on broken quoting.
 */
export function readTable(text: string): Table {
  const [header, ...records] = readCsv(text);
  if (header === undefined) throw new RowError(because("file_empty"));
  const columns = header.fields.map((name) => name.trim());
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new RowError(because("column_twice", { name: JSON.stringify(repeated) }));
  const rows = records.map(({ line, fields }) => ({
    line,
    read: () => {
      if (fields.length !== columns.length) {
        throw new RowError(
          because("field_count", { fields: fields.length, columns: columns.length }),
        );
      }
      return Object.fromEntries(columns.map((name, index) => [name, fields[index] ?? ""]));
    },
  }));
  return { columns, rows };
}

/** @throws {RowError} naming the columns that the file lacks. */
export function requireColumns(table: Table, names: readonly string[]): void {
  const missing = names.filter((name) => !table.columns.includes(name));
  if (missing.length > 0)
    throw new RowError(because("columns_missing", { names: missing.join(", ") }));
}
