import type { CsvFlavor } from "#lib/reports/csv.ts";
import { iso } from "./iso.ts";

export type CsvFacts = {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly flavor: CsvFlavor;
  readonly asOf: Date;
  readonly rows: number;
  readonly total: string;
};

/** A small CSV file with its control totals. */
export function csvAnswer(csv: string, { name, flavor, asOf, rows, total }: CsvFacts): Response {
  const file = `${name}${flavor === "excel" ? "-excel" : ""}.csv`;
  return new Response(csv, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${file}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-outlay-as-of": iso(asOf),
      "x-outlay-rows": String(rows),
      "x-outlay-total": total,
    },
  });
}
