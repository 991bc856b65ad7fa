import { createHash } from "node:crypto";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { askForExport } from "#lib/exports/jobs/ask-export.ts";
import { fetchExport } from "#lib/exports/jobs/fetch-export.ts";
import { readPieces } from "#lib/exports/jobs/pieces.ts";
import { queryText } from "#lib/exports/query-parameters.ts";
import { parseUsd, toDecimal } from "#lib/money/money.ts";
import { nextMessage, startProcess } from "./bench-process.ts";
import type { ExportReport } from "./export-process.ts";
import { fillDays } from "./fill-days.ts";
import { type FilledWeb, PERSON, withFilledWeb } from "./filled-web.ts";
import { forgetPeak, peakOf } from "./peak-memory.ts";
import { signIn } from "./web-client.ts";

/** A FOCUS file of a year has about three rows of each of these a day. */
const FOCUS = { teams: 320, models: 3 };
const DAY_MS = 86_400_000;

export type ExportRun = {
  readonly what: string;
  readonly rows: number;
  readonly bytes: number;
  /** Exact, equal to the ledger's. */
  readonly sum: string;
  readonly way: "worker" | "download";
  readonly seconds: number;
  readonly peakBytes: number | null;
};

/**
 * Writes a whole ledger as files, by the worker and as downloads: how long it
 * takes and how much memory.
 *
 * @param tables Of `focus`, `usage` and `events`.
 * @param tell Takes each run when it is done.
 * @throws when a file is not what its control totals say, or its sum is not the ledger's.
 */
export async function benchExports(
  wanted: number,
  tables: readonly string[],
  tell: (run: ExportRun) => void,
): Promise<void> {
  await withFilledWeb(wanted, async (filled) => {
    const { sql } = filled.database;
    const ledger = await sumOf(sql, "usage_event");
    await fillDays(sql, FOCUS, filled.nowMs);
    const year = await sumOf(sql, "usage_day");
    const files = filesOf(filled.nowMs).filter(({ name }) => tables.includes(name));
    for (const { name, formats, parameters } of files) {
      for (const format of formats) {
        const request = ExportRequest.parse({ export: name, format, parameters });
        const sum = name === "focus" ? year : ledger;
        const written = await byWorker(filled, request, sum);
        tell(written);
        if (format === "csv") tell(await byDownload(filled, request, written));
      }
    }
  });
}

function filesOf(nowMs: number) {
  const days = (count: number) => ({
    from: new Date(nowMs - count * DAY_MS).toISOString().slice(0, 10),
    to: new Date(nowMs + DAY_MS).toISOString().slice(0, 10),
  });
  const formats = ["csv", "parquet", "jsonl"];
  return [
    { name: "focus", formats, parameters: days(370) },
    {
      ...{ name: "usage", formats: ["csv"] },
      parameters: { ...days(62), group_by: "team,agent,model,tool,session" },
    },
    { name: "events", formats, parameters: { ...days(62), counted: "true" } },
  ];
}

async function sumOf(sql: SqlClient, table: "usage_event" | "usage_day"): Promise<string> {
  const [row] = await sql<{ cost: string }[]>`select sum(cost) as cost from ${sql(table)}`;
  return toDecimal(parseUsd(row?.cost ?? "0"));
}

async function byWorker(
  { database, databaseUrl }: FilledWeb,
  request: ExportRequest,
  sum: string,
): Promise<ExportRun & { readonly sha256: string }> {
  const { sql } = database;
  const viewer = await personOf(sql);
  const { id } = await askForExport(sql, viewer, request, new Date());
  const worker = startProcess("lib/bench/export-process.ts", { arguments: [databaseUrl] });
  worker.child.send("write");
  const { seconds, peakBytes } = await nextMessage<ExportReport>(worker);
  await worker.stop();
  const { control, attempt } = await fetchExport(sql, viewer, id, new Date());
  const { sha256 } = await digest(readPieces(sql, { id, attempt }, 0));
  const { rows, bytes, sums } = control;
  const told = sums.cost ?? sums.EffectiveCost ?? "";
  if (sha256 !== control.sha256) throw new Error("the file is not what its control totals say");
  if (told !== sum) throw new Error(`${request.export} adds up to ${told}, the ledger to ${sum}`);
  await sql`delete from export_job`;
  const what = `${request.export}.${request.format}`;
  return { what, rows, bytes, sum, way: "worker", seconds, peakBytes, sha256 };
}

async function byDownload(
  { web, url }: FilledWeb,
  { export: name, format, parameters }: ExportRequest,
  written: ExportRun & { readonly sha256: string },
): Promise<ExportRun> {
  const cookie = await signIn(url, PERSON.email, PERSON.password);
  const pid = web.child.pid ?? 0;
  await forgetPeak(pid);
  const start = performance.now();
  const address = `${url}/api/v1/export/${name}.${format}?${queryText(parameters)}`;
  const answer = await fetch(address, { headers: { cookie } });
  if (!answer.ok || answer.body === null)
    throw new Error(`${answer.status} ${await answer.text()}`);
  const { sha256, bytes } = await digest(answer.body);
  if (sha256 !== written.sha256) throw new Error("the download is another file than the worker's");
  const seconds = (performance.now() - start) / 1_000;
  return { ...written, bytes, way: "download", seconds, peakBytes: await peakOf(pid) };
}

async function digest(body: AsyncIterable<Uint8Array>) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of body) {
    hash.update(piece);
    bytes += piece.byteLength;
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function personOf(sql: SqlClient): Promise<Viewer> {
  const [row] = await sql<{ id: string }[]>`select id from auth_user where email = ${PERSON.email}`;
  const person = { kind: "user", id: row?.id ?? "", label: "Bench", role: "admin" } as const;
  return { ...person, teams: "all", persons: "all" };
}
