import { readTable } from "#lib/imports/csv-table.ts";
import { asRow, RowError } from "#lib/imports/import-row.ts";
import { readJson } from "#lib/imports/json-reader.ts";

/** One row of a file by the plain names of its columns; what is nested has its path as a name. */
export type FlatRow = ReadonlyMap<string, string>;
export type PendingFlatRow = { readonly line: number; readonly read: () => FlatRow };

/** How deep objects are looked into. */
const MOST_DEPTH = 4;
const MOST_FIELDS = 1_000;

/**
 * The rows of a CSV file, of JSON (objects, arrays, one a line) and of reports
 * of the form `data[bucket].results[]`, whose results take over what their
 * bucket says.
 *
 * @param needed Plain names of columns, of which a CSV file has at least one.
 * @param what They tell, in words.
 * @throws {RowError | CsvSyntaxError | JsonSyntaxError} when it is none of these.
 */
export function* flatRows(
  text: string,
  needed: readonly string[],
  what: string,
): Generator<PendingFlatRow> {
  requireText(text);
  if (!/^\ufeff?\s*[[{]/.test(text)) {
    const { columns, rows } = readTable(text);
    requireOneOf(columns, needed, what);
    for (const { line, read } of rows) {
      yield { line, read: () => flattened(read()) };
    }
    return;
  }
  let row = 0;
  for (const { value } of readJson(text)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      for (const each of resultsOf(item)) {
        row += 1;
        yield { line: row, read: () => flattened(asRow(each, "a row")) };
      }
    }
  }
}

/** `line_item_unblended_cost`, `lineItem/UnblendedCost`: names are told apart by letters and digits alone. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** UTF-16 and spreadsheets read as UTF-8 are full of these. */
function requireText(text: string): void {
  if (!text.includes("\0") && !text.includes("\ufffd")) return;
  throw new RowError("the file is not text in UTF-8; save it as CSV UTF-8 and send it again");
}

function requireOneOf(columns: readonly string[], needed: readonly string[], what: string): void {
  if (columns.some((name) => needed.includes(plainName(name)))) return;
  const [only = ""] = columns;
  const isOtherwise = columns.length === 1 && /[;\t|]/.test(only);
  const hint = isOtherwise ? "; fields have to be separated by commas" : "";
  const found = JSON.stringify(columns.join(", ").slice(0, MOST_HEADER));
  throw new RowError(`the file has no column for the ${what}: its columns are ${found}${hint}`);
}

/** As much of a header as an error repeats. */
const MOST_HEADER = 300;

function* resultsOf(item: unknown): Generator<unknown> {
  const data = typeof item === "object" && item !== null && "data" in item ? item.data : undefined;
  if (!Array.isArray(data)) {
    yield item;
    return;
  }
  for (const bucket of data) {
    const { results, ...said } = asRow(bucket, "a bucket of data");
    if (!Array.isArray(results)) throw new RowError("a bucket of data has no results");
    for (const result of results) yield { ...said, ...asRow(result, "a result") };
  }
}

function flattened(row: Readonly<Record<string, unknown>>): FlatRow {
  const flat = new Map<string, string>();
  flatten(flat, row, "", 0);
  return flat;
}

function flatten(flat: Map<string, string>, value: unknown, path: string, depth: number): void {
  if (flat.size > MOST_FIELDS) throw new RowError(`a row has more than ${MOST_FIELDS} fields`);
  if (value === null || value === undefined) return;
  if (typeof value === "object" && !Array.isArray(value)) {
    if (depth === MOST_DEPTH) return;
    for (const [key, inner] of Object.entries(value)) flatten(flat, inner, path + key, depth + 1);
    return;
  }
  const text = Array.isArray(value) ? JSON.stringify(value) : String(value).trim();
  if (text !== "") flat.set(plainName(path), text);
}
