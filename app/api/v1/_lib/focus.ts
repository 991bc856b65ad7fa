import { z } from "zod";
import { FOCUS_VERSIONS } from "#lib/focus/columns.ts";
import { exportFocus, type FocusSummary } from "#lib/focus/export-rows.ts";
import type { FocusRow } from "#lib/focus/focus-row.ts";
import { toDecimal } from "#lib/money/money.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { dateIn, periodOf } from "#lib/parameters/period.ts";
import { CSV_FLAVORS } from "#lib/reports/csv.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import type { ApiCall } from "./api-route.ts";
import { streamFile, type WritePiece } from "./file-stream.ts";
import { iso } from "./iso.ts";

export const FocusParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  version: z.enum(FOCUS_VERSIONS).default("1.4"),
});

export const FocusCsvParameters = z.strictObject({
  ...FocusParameters.shape,
  flavor: z.enum(CSV_FLAVORS).default("data"),
});

type Form = {
  readonly extension: "csv" | "jsonl" | "parquet";
  readonly type: string;
  /** What takes the rows, given what takes the file. */
  readonly writer: (write: WritePiece) => FocusFileWriter;
};

type FocusFileWriter = {
  readonly begin: () => Promise<void>;
  readonly add: (rows: readonly FocusRow[]) => Promise<void>;
  readonly finish: () => Promise<void>;
};

/** A file of lines under a header, which may be empty. */
export function linesOf(header: string, line: (row: FocusRow) => string): Form["writer"] {
  return (write) => ({
    begin: async () => {
      if (header !== "") await write(header);
    },
    add: (rows) => write(rows.map(line).join("")),
    finish: async () => {},
  });
}

/** A FOCUS file of the period as a download, with its control totals in the headers. */
export async function focusFile(
  { request, viewer, sql, nowMs }: ApiCall,
  input: z.output<typeof FocusParameters>,
  { extension, type, writer }: Form,
): Promise<Response> {
  const timeZone = await organizationZone(sql);
  const period = periodOf(input, timeZone, nowMs);
  const { summary, body } = await streamFile<FocusSummary>(request.signal, async (begin, write) => {
    const file = writer(write);
    await exportFocus(sql, viewer, period, {
      begin: (found) => {
        begin(found);
        return file.begin();
      },
      write: (rows) => file.add(rows),
    });
    await file.finish();
  });
  const last = new Date(period.to.getTime() - 1);
  const days = `${dateIn(period.from, timeZone)}_${dateIn(last, timeZone)}`;
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="outlay-focus-${input.version}-${days}.${extension}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-outlay-as-of": iso(summary.asOf),
      "x-outlay-rows": String(summary.rowCount),
      "x-outlay-total": toDecimal(summary.total.effective),
      "x-outlay-unpriced-calls": String(summary.unpricedCalls),
    },
  });
}
