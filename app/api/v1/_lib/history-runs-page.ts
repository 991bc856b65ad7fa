import { z } from "zod";
import type { SqlClient } from "#lib/db/client.ts";
import { cancelRun } from "#lib/history-runs/cancel-run.ts";
import {
  type HistoryRun,
  type HistoryRunKind,
  listRuns,
  readRun,
  runChanges,
} from "#lib/history-runs/history-run.ts";
import { type ApiCall, json } from "./api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "./cursor.ts";
import { changesBody, HistoryRunsParameters, runBody } from "./history-runs.ts";
import { notFound } from "./problem.ts";
import { NoParameters, parseQuery } from "./query.ts";

const Id = z.string().regex(/^\d{1,18}$/);

/** A page of runs, the newest first. */
export async function runsPage(sql: SqlClient, url: URL, kind: HistoryRunKind): Promise<Response> {
  const { limit, cursor } = parseQuery(HistoryRunsParameters, url.searchParams);
  const question = questionOf(url);
  const before = cursor === undefined ? null : BigInt(decodeCursor(cursor, question, Id));
  const runs = await listRuns(sql, kind, limit + 1, before);
  const page = runs.slice(0, limit);
  const last = page.at(-1);
  return json({
    runs: page.map(runBody),
    next_cursor:
      runs.length <= limit || last === undefined ? null : encodeCursor(question, `${last.id}`),
  });
}

/** One run with what it changed. @throws {AppError} "not_found" */
export async function runAnswer(
  sql: SqlClient,
  url: URL,
  id: string,
  kind: HistoryRunKind,
): Promise<Response> {
  parseQuery(NoParameters, url.searchParams);
  const run = Id.safeParse(id).success ? await readRun(sql, BigInt(id)) : null;
  if (run?.kind !== kind) throw notFound("run");
  return json({ ...runBody(run), ...changesBody(await runChanges(sql, run.id)) });
}

/** Ends a run. @throws {AppError} "not_found", "conflict" */
export async function cancelledAnswer(
  { url, params, viewer, sql, nowMs }: ApiCall,
  kind: HistoryRunKind,
): Promise<Response> {
  parseQuery(NoParameters, url.searchParams);
  const id = Id.safeParse(params.id);
  if (!id.success) throw notFound("run");
  return json(runBody(await cancelRun(sql, kind, BigInt(id.data), viewer, new Date(nowMs))));
}

/** 202: it is done in the background, and followed at its own address. */
export function accepted(run: HistoryRun, address: string): Response {
  return Response.json(runBody(run), {
    status: 202,
    headers: { "cache-control": "no-store", location: `${address}/${run.id}` },
  });
}
