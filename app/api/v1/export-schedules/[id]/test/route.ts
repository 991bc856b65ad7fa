import { askRun } from "#lib/export-schedules/ask-run.ts";
import { afterFirstTry } from "#lib/export-schedules/run-log.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { runBody } from "../../../_lib/export-schedules.ts";
import { notFound } from "../../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";

const PATIENCE_MS = 8_000;

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export-schedules/{id}/test", {
  POST: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const asked = { id: params.id ?? "", kind: "test", now: new Date(nowMs) } as const;
    const run = await afterFirstTry(sql, viewer, await askRun(sql, viewer, asked), PATIENCE_MS);
    if (run === null) throw notFound("schedule any more");
    return json(runBody(run));
  },
});
