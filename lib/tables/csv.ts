/** `data` for programs; `excel` for spreadsheets: a byte order mark, guarded text, times without T and Z. */
export const CSV_FLAVORS = ["data", "excel"] as const;
export type CsvFlavor = (typeof CSV_FLAVORS)[number];

/** Text comes from outside and may be anything; numbers and times are ours. */
export type CsvCell =
  | { readonly text: string | null }
  | { readonly number: number | string }
  | { readonly time: Date };

const BYTE_ORDER_MARK = "\uFEFF";
const NEEDS_QUOTES = /[",\r\n]/;
/** What spreadsheets run as a formula, also after blanks and in full width (CWE-1236). */
const RUNS_AS_FORMULA = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n\0]/;

/** The header row, with what has to come before it. */
export function csvHeader(columns: readonly string[], flavor: CsvFlavor): string {
  return `${flavor === "excel" ? BYTE_ORDER_MARK : ""}${columns.join(",")}\r\n`;
}

/** One record in RFC 4180, with its line end. */
export function csvRow(cells: readonly CsvCell[], flavor: CsvFlavor): string {
  return `${cells.map((cell) => csvCell(cell, flavor)).join(",")}\r\n`;
}

function csvCell(cell: CsvCell, flavor: CsvFlavor): string {
  if ("number" in cell) return String(cell.number);
  if ("time" in cell) return csvTime(cell.time, flavor);
  const { text } = cell;
  if (text === null || text === "") return "";
  if (!RUNS_AS_FORMULA.test(text)) return NEEDS_QUOTES.test(text) ? quoted(text) : text;
  return quoted(flavor === "excel" ? `'${text}` : text);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function csvTime(time: Date, flavor: CsvFlavor): string {
  const text = time.toISOString().replace(".000Z", "Z");
  return flavor === "excel" ? text.replace("T", " ").replace("Z", "") : text;
}
