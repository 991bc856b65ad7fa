import { asRow, type Row, RowError } from "./import-row.ts";
import { readJson } from "./json-reader.ts";

/** One result of a usage or cost report and the time bucket it stands in. */
export type ReportRow = { readonly line: number; readonly bucket: Row; readonly result: unknown };

/**
 * The results of `page > data[bucket] > results[]`, the form of OpenAI's and
 * Anthropic's usage and cost reports; also of several pages, in an array or one
 * a line. Rows are numbered through the file.
 *
 * @throws {RowError | JsonSyntaxError} when the file has another form.
 */
export function reportRows(text: string): ReportRow[] {
  const pages = readJson(text).flatMap(({ value }) => (Array.isArray(value) ? value : [value]));
  const rows: ReportRow[] = [];
  for (const page of pages) {
    for (const bucket of list(asRow(page, "the report"), "data")) {
      const bucketRow = asRow(bucket, "a bucket of data");
      for (const result of list(bucketRow, "results")) {
        rows.push({ line: rows.length + 1, bucket: bucketRow, result });
      }
    }
  }
  return rows;
}

function list(row: Row, key: string): readonly unknown[] {
  const value = row[key];
  if (Array.isArray(value)) return value;
  throw new RowError(`the report has no list ${JSON.stringify(key)}`);
}
