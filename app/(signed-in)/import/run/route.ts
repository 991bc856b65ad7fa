import { context } from "#app/_server/context.ts";
import { isForeignRequest } from "#app/_server/foreign-request.ts";
import { problemResponse } from "#app/_server/problem.ts";
import { sessionViewer } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { findImportSource, type ImportSource } from "#lib/imports/import-source.ts";
import { parseImport } from "#lib/imports/parse-import.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { storeImport } from "#lib/ingest/store-import.ts";
import type { ImportAnswer } from "../import-answer.ts";

/** Exports are one interval each; the command line takes longer ones. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_ERRORS = 100;

/**
 * Takes a provider's export as the body: with `commit=1` into the ledger, else
 * to show what it would bring. Not a server action: those would hold bodies of
 * this size for anybody, and this asks who it is first.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const viewer = await requireImporter(request);
    const params = new URL(request.url).searchParams;
    const source = findImportSource(params.get("source") ?? "");
    if (source === null) throw new AppError("Unknown source", { code: "invalid" });
    const text = await readText(request);
    const answer = await runImport(viewer, source, text, params.get("commit") === "1");
    return Response.json(answer, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(error);
  }
}

/** @throws {AppError} unless an admin or finance asks from a page of ours. */
async function requireImporter(request: Request): Promise<Viewer> {
  const viewer = await sessionViewer(request.headers);
  if (viewer === null) throw new AppError("Sign in first", { code: "unauthenticated" });
  if (isForeignRequest(request.headers) || (viewer.role !== "admin" && viewer.role !== "finance")) {
    throw new AppError("Only admins and finance import usage", { code: "forbidden" });
  }
  return viewer;
}

async function runImport(
  viewer: Viewer,
  source: ImportSource,
  text: string,
  isCommit: boolean,
): Promise<ImportAnswer> {
  const { events, errors } = parseImport(source, text);
  if (errors.length > 0) {
    return { kind: "refused", errorCount: errors.length, errors: errors.slice(0, MOST_ERRORS) };
  }
  const { sql } = context();
  const summary = await storeImport(sql, await loadIngestPlan(sql), events, {
    receivedAtMs: Date.now(),
    isRehearsal: !isCommit,
    ...{ by: viewer, source },
  });
  const times = events.map(({ startedAtMs }) => startedAtMs);
  const at = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  return {
    kind: isCommit ? "imported" : "checked",
    ...summary,
    firstAt: at(times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b))),
    lastAt: at(times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b))),
  };
}

/** @throws {AppError} "too_large" as soon as the body is, "invalid" when it is no UTF-8. */
async function readText(request: Request): Promise<string> {
  const tooLarge = new AppError("The file is larger than 32 MB", { code: "too_large" });
  if (Number(request.headers.get("content-length")) > MOST_BYTES) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new AppError("The file is not UTF-8 text", { code: "invalid", cause });
  }
}
