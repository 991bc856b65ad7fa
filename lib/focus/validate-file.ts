import { readCsv } from "#lib/imports/csv-reader.ts";
import { columnsOf, type FocusColumn, type FocusVersion } from "./columns.ts";
import { type Cells, rowFaults } from "./validate-row.ts";
import { isFormatted } from "./value-formats.ts";

/** What a file gets wrong; `line` counts from 1, the header's. */
export type FocusFault = { readonly line: number; readonly column: string; readonly rule: string };

const OWN_COLUMN = /^x_[A-Z][A-Za-z0-9]*$/;
const MOST_ID_CHARACTERS = 50;

/**
 * Holds a CSV file of the Cost and Usage dataset against FOCUS: its columns, the
 * form of each value, and the rules between values of a row. An empty field and
 * the text NULL are null, as public validators read them.
 */
export function validateFocusCsv(text: string, version: FocusVersion): FocusFault[] {
  const columns = columnsOf(version);
  const [first, ...records] = readCsv(text);
  const header = first?.fields ?? [];
  const faults = headerFaults(header, columns);
  if (text.startsWith("\ufeff")) {
    // Loaders take the mark for a part of the first column's name.
    faults.push({ line: 1, column: header[0] ?? "", rule: "comes without a byte order mark" });
  }
  for (const { line, fields: record } of records) {
    if (record.length !== header.length) {
      faults.push({ line, column: "", rule: "has as many fields as the header" });
      continue;
    }
    const cells: Cells = new Map(
      header.map((name, at) => {
        const value = record[at] ?? "";
        return [name, value === "" || value === "NULL" ? null : value];
      }),
    );
    faults.push(...valueFaults(cells, columns, line), ...rowFaults(cells, version, line));
  }
  return faults;
}

function headerFaults(
  header: readonly string[],
  columns: ReadonlyMap<string, FocusColumn>,
): FocusFault[] {
  const firstOwn = header.findIndex((name) => !columns.has(name));
  const rules: readonly [string, (name: string, index: number) => boolean][] = [
    ["stands once", (name, index) => header.indexOf(name) === index],
    [
      "stands before the columns of one's own",
      (name, index) => !columns.has(name) || firstOwn < 0 || index < firstOwn,
    ],
    [
      "is a column of FOCUS, or begins with x_ in Pascal case",
      (name) => columns.has(name) || OWN_COLUMN.test(name),
    ],
    ["has at most 50 characters", (name) => name.length <= MOST_ID_CHARACTERS],
  ];
  const missing = [...columns].filter(
    ([name, { isMandatory }]) => isMandatory && !header.includes(name),
  );
  return [
    ...rules.flatMap(([rule, holds]) =>
      header.flatMap((column, index) => (holds(column, index) ? [] : [{ line: 1, column, rule }])),
    ),
    ...missing.map(([column]) => ({ line: 1, column, rule: "must be there" })),
  ];
}

function valueFaults(
  cells: Cells,
  columns: ReadonlyMap<string, FocusColumn>,
  line: number,
): FocusFault[] {
  return [...cells].flatMap(([name, value]) => {
    const column = columns.get(name);
    const fault = (rule: string): FocusFault => ({ line, column: name, rule });
    if (value === null) return column?.isNullable === false ? [fault("is never null")] : [];
    if (value.trim() === "") return [fault("is null rather than blank")];
    if (column === undefined) return [];
    if (column.values !== undefined && !column.values.includes(value)) {
      return [fault(`is one of ${column.values.join(", ")}`)];
    }
    const isText = column.format === "text";
    return isText || isFormatted(value, column.format) ? [] : [fault(`is a ${column.format}`)];
  });
}
