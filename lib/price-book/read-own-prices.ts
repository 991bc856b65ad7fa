import { CsvSyntaxError } from "#lib/imports/csv-reader.ts";
import { readTable, requireColumns, type TableRow } from "#lib/imports/csv-table.ts";
import { RowError } from "#lib/imports/import-row.ts";
import { issueReasons } from "#lib/refusals/issue-reasons.ts";
import { because, type Reason } from "#lib/refusals/reason.ts";
import { isObject, type JsonObject, parseExactJson } from "./exact-json.ts";
import { newRates } from "./new-rates.ts";
import type { NewRate } from "./own-rate.ts";
import { type ReadOptions, type ReadPrices, type Refusal, refusal } from "./price-file-formats.ts";
import { RateInput } from "./rate-input.ts";

/** What an export says of a rate besides the price; made here, so never read back. */
const OF_THE_BOOK = new Set([
  ...["id", "origin", "state", "stale", "sold_as", "currency"],
  ...["recorded_at", "recorded_by", "superseded_at", "superseded_by", "rechecked_at"],
]);

/** Our own JSON: `{"prices": […]}` as the API gives it, or the list alone. */
export function readOwnJson(file: unknown, options: ReadOptions): ReadPrices {
  const list = isObject(file) ? file.prices : file;
  if (!Array.isArray(list)) {
    return { rates: [], refused: [refusal(because("at_file"), because("no_price_list"))] };
  }
  return readAll(
    list.map((value, i) => ({ where: because("at_price", { number: i + 1 }), value })),
    options,
  );
}

/** Our own CSV, by the columns of the export; those that are left out are empty. */
export function readOwnCsv(text: string, options: ReadOptions): ReadPrices {
  let rows: readonly TableRow[];
  try {
    const table = readTable(text);
    requireColumns(table, ["provider", "unit"]);
    rows = table.rows;
  } catch (error) {
    return { rates: [], refused: [refusalOf(error, because("at_file"))] };
  }
  const refused: Refusal[] = [];
  const values = rows.flatMap(({ line, read }) => {
    const where = because("at_line", { line });
    try {
      return [{ where, value: nested(read()) }];
    } catch (error) {
      refused.push(refusalOf(error, where));
      return [];
    }
  });
  const all = readAll(values, options);
  return { rates: all.rates, refused: [...refused, ...all.refused] };
}

/** The same columns as JSON Lines; null where the text is no such file. */
export function readOwnLines(text: string, options: ReadOptions): ReadPrices | null {
  const lines = text.split("\n").map((line, i) => ({
    where: because("at_line", { line: i + 1 }),
    text: line.trim(),
  }));
  const written = lines.filter((line) => line.text !== "");
  if (rowOf(written[0]?.text ?? "") === null) return null;
  const rows = written.map(({ where, text: line }) => ({ where, row: rowOf(line) }));
  const refused = rows.flatMap(({ where, row }) =>
    row === null ? [refusal(where, because("no_json_object"))] : [],
  );
  const values = rows.flatMap(({ where, row }) =>
    row === null ? [] : [{ where, value: nested(row) }],
  );
  const all = readAll(values, options);
  return { rates: all.rates, refused: [...refused, ...all.refused] };
}

function rowOf(line: string): JsonObject | null {
  try {
    const value = parseExactJson(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Broken quoting is told with its line: nothing after it can be trusted. @throws what is no mistake of the file. */
function refusalOf(error: unknown, where: Reason): Refusal {
  if (error instanceof CsvSyntaxError) {
    return refusal(because("at_line", { line: error.line }), error.reason);
  }
  if (!(error instanceof RowError)) throw error;
  return refusal(where, error.reason ?? because("other", { detail: error.message }));
}

function readAll(
  values: readonly { readonly where: Reason; readonly value: unknown }[],
  { effectiveFrom, today }: ReadOptions,
): ReadPrices {
  const rates: NewRate[] = [];
  const refused: Refusal[] = [];
  for (const { where, value } of values) {
    if (isObject(value) && value.superseded_at != null) continue;
    const input = RateInput.safeParse(cleaned(value));
    if (input.success) {
      const from = input.data.effective_from;
      const dated =
        from === undefined ? { ...input.data, effective_from: effectiveFrom } : input.data;
      rates.push(...newRates(dated, { sourceName: "imported price file", today }));
    } else {
      refused.push(refusal(where, ...issueReasons(input.error.issues)));
    }
  }
  return { rates, refused };
}

/** Numbers are text by now; whole ones that the schema wants as numbers become numbers again. */
function cleaned(value: unknown): unknown {
  if (!isObject(value)) return value;
  const fields = Object.entries(value).filter(([name]) => !OF_THE_BOOK.has(name));
  const plain = Object.fromEntries(fields);
  return {
    ...plain,
    ...(plain.per == null ? {} : { per: whole(plain.per) }),
    ...(isObject(plain.context) ? { context: mapped(plain.context, whole) } : {}),
    ...(isObject(plain.window) && Array.isArray(plain.window.weekdays)
      ? { window: { ...plain.window, weekdays: plain.window.weekdays.map(whole) } }
      : {}),
  };
}

function mapped(object: object, change: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function whole(value: unknown): unknown {
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

/** `source_name` → `source.name`; empty cells are absent, but an empty start says "always"; lists are separated by blanks. */
function nested(row: Readonly<Record<string, unknown>>): unknown {
  const flat: Record<string, unknown> = {};
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [column, text] of Object.entries(row)) {
    const [, group, field = ""] = /^(source|context|window)_(.+)$/.exec(column) ?? [];
    const cell = cellOf(column, field, String(text ?? ""));
    if (cell === undefined) continue;
    if (group === undefined) flat[column] = cell;
    else groups[group] = { ...groups[group], [FIELD_OF_COLUMN[field] ?? field]: cell };
  }
  return { ...flat, ...groups };
}

function cellOf(column: string, field: string, text: string): unknown {
  if (text === "") return column === "effective_from" ? null : undefined;
  if (column === "includes_fees") return text === "true";
  return LISTS.has(field) ? text.split(" ") : text;
}

const FIELD_OF_COLUMN: Readonly<Record<string, string>> = {
  up_to: "upTo",
  except_dates: "exceptDates",
};
const LISTS = new Set(["weekdays", "except_dates"]);
