import { z } from "zod";
import { listRuns, readRun } from "#lib/history-runs/history-run.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { previewRepricing } from "#lib/repricing/preview.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { historyRequest } from "../_lib/history-request.ts";
import { HistoryRunsParameters, runBody } from "../_lib/history-runs.ts";
import { notFound } from "../_lib/problem.ts";
import { parseQuery } from "../_lib/query.ts";
import { requireRole } from "../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/repricing", {
  GET: async ({ url, viewer, sql }) => {
    requireRole(viewer, "admin", "finance");
    const { limit, cursor } = parseQuery(HistoryRunsParameters, url.searchParams);
    const question = questionOf(url);
    const before =
      cursor === undefined
        ? null
        : BigInt(decodeCursor(cursor, question, z.string().regex(/^\d{1,18}$/)));
    const runs = await listRuns(sql, "reprice", limit + 1, before);
    const last = runs.slice(0, limit).at(-1);
    return json({
      runs: runs.slice(0, limit).map(runBody),
      next_cursor:
        runs.length <= limit || last === undefined ? null : encodeCursor(question, `${last.id}`),
    });
  },
  POST: async (call) => {
    const { viewer, sql, nowMs } = call;
    requireRole(viewer, "admin", "finance");
    const { filter, period, timeZone } = await historyRequest(call);
    const { total } = await previewRepricing(sql, filter, period);
    const request = { kind: "reprice", period, filter, expected: total, timeZone } as const;
    const run = await readRun(sql, await requestRun(sql, request, viewer, new Date(nowMs)));
    if (run === null) throw notFound("run");
    return Response.json(runBody(run), {
      status: 202,
      headers: { "cache-control": "no-store", location: `/api/v1/repricing/${run.id}` },
    });
  },
});
