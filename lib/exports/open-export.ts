import { createHash } from "node:crypto";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { withStatementLimit } from "#lib/reports/read-only.ts";
import { sumsOf } from "#lib/tables/column.ts";
import type { WritePiece } from "#lib/tables/table-writer.ts";
import { assertXlsxHolds } from "#lib/tables/write-xlsx.ts";
import { type BookVersions, readBookVersions } from "./book-versions.ts";
import { checkLink } from "./check-link.ts";
import type { ControlTotals, EarlyTotals } from "./control.ts";
import type { TableHead } from "./export-kind.ts";
import { EXPORTS } from "./export-list.ts";
import { type ExportRequest, rawParameters } from "./export-request.ts";
import { streamFile } from "./file-stream.ts";
import { mediaTypeOf, totalsSheet, writerOf } from "./formats.ts";

export type OpenedExport = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly early: EarlyTotals;
  /** To be read once; it breaks off when the export fails, and never ends as if it were whole. */
  readonly body: ReadableStream<Uint8Array>;
  /** @throws {Error} before the body has been read to its end. */
  readonly control: () => ControlTotals;
};

/**
 * Who the file is for, which every caller has to say: `attended` for somebody
 * who waits for it, with the bounds of a page; `unattended` for what nobody
 * waits for (worker, schedules, command line), where those 30 s a statement
 * would end the files of long periods.
 */
export type Pace = "attended" | "unattended";
export const UNATTENDED_SECONDS = 3_600;

export type ExportOptions = {
  readonly pace: Pace;
  /** Ends the export when its reader leaves. */
  readonly signal?: AbortSignal;
  /** How many rows are written, now and then. */
  readonly onRows?: (rows: number) => Promise<void> | void;
};

/**
 * Opens a table as a file for its viewer. What is wrong with the request, or
 * not the viewer's to see, is refused before a byte of it.
 *
 * @throws {ParameterError} naming every mistake of the parameters.
 * @throws {AppError} as the table's reader does; "too_large" for a workbook of
 *   too many rows, "rate_limited" when too many files are open.
 */
export async function openExport(
  sql: SqlClient,
  viewer: Viewer,
  request: ExportRequest,
  now: Date,
  { pace, signal = new AbortController().signal, onRows }: ExportOptions,
): Promise<OpenedExport> {
  const versions = await readBookVersions(sql);
  const isPatient = pace === "unattended";
  const reader = isPatient ? withStatementLimit(sql, UNATTENDED_SECONDS) : sql;
  let control: ControlTotals | undefined;
  const { summary: early, body } = await streamFile<EarlyTotals>(
    signal,
    async (begin, write) => {
      const output = { versions, begin, write, onRows };
      control = await writeExport({ sql: reader, viewer, now }, request, output);
    },
    { isPatient },
  );
  return {
    fileName: early.file,
    mediaType: mediaTypeOf(request.format),
    early,
    body,
    control: () => {
      if (control === undefined) throw new Error("control totals before the end of the file");
      return control;
    },
  };
}

type Output = {
  readonly versions: BookVersions;
  readonly begin: (early: EarlyTotals) => void;
  readonly write: WritePiece;
  readonly onRows: ExportOptions["onRows"];
};

async function writeExport(
  call: { readonly sql: SqlClient; readonly viewer: Viewer; readonly now: Date },
  request: ExportRequest,
  { versions, begin, write, onRows }: Output,
): Promise<ControlTotals> {
  const hash = createHash("sha256");
  let [rows, bytes] = [0, 0];
  const hashed: WritePiece = async (piece) => {
    const chunk = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
    hash.update(chunk);
    bytes += chunk.byteLength;
    await write(chunk);
  };
  let finish: (() => Promise<ControlTotals>) | undefined;
  const raw = rawParameters(request);
  await EXPORTS[request.export].read(call, raw, async <Row>(head: TableHead<Row>) => {
    if (request.format === "xlsx") assertXlsxHolds(head.rowCount ?? 0);
    const early = earlyTotals(request, head, versions);
    const sums = sumsOf(head.columns);
    const writer = writerOf(request, head, hashed);
    finish = async () => {
      const counted = { ...early, rows, sums: sums.read() };
      const link = checkLink(counted);
      await writer.finish(totalsSheet({ ...counted, link }));
      return { ...counted, link, bytes, sha256: hash.digest("hex") };
    };
    begin(early);
    await writer.begin();
    return async (some: readonly Row[]) => {
      sums.add(some);
      rows += some.length;
      await writer.add(some);
      await onRows?.(rows);
    };
  });
  if (finish === undefined) throw new Error("an export without its head");
  return finish();
}

function earlyTotals<Row>(
  request: ExportRequest,
  head: TableHead<Row>,
  { priceBook, rules, costModels }: BookVersions,
): EarlyTotals {
  const { export: name, format, flavor } = request;
  const isForExcel = format === "csv" && flavor === "excel";
  return {
    file: `${head.name}${isForExcel ? "-excel" : ""}.${format}`,
    ...{ export: name, format, flavor: isForExcel ? "excel" : "data" },
    parameters: { ...request.parameters, ...head.asked },
    as_of: head.asOf.toISOString(),
    ...{ price_book_version: priceBook, rule_version: rules, cost_model_version: costModels },
    ...{ rows: head.rowCount, currency: head.currency, total: head.total },
    unpriced_calls: head.unpricedCalls ?? null,
  };
}
