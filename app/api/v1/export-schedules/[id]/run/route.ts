import { askRun } from "#lib/export-schedules/ask-run.ts";
import { afterFirstTry } from "#lib/export-schedules/run-log.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { runBody } from "../../../_lib/export-schedules.ts";
import { notFound } from "../../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export-schedules/{id}/run", {
  POST: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const asked = { id: params.id ?? "", kind: "asked", now: new Date(nowMs) } as const;
    const run = await afterFirstTry(sql, viewer, await askRun(sql, viewer, asked), 0);
    if (run === null) throw notFound("schedule any more");
    return json(runBody(run));
  },
});
