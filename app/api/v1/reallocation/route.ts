import { readRun } from "#lib/history-runs/history-run.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { historyRequest } from "../_lib/history-request.ts";
import { ReallocationInput } from "../_lib/history-runs.ts";
import { accepted, runsPage } from "../_lib/history-runs-page.ts";
import { notFound } from "../_lib/problem.ts";
import { requireRole } from "../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/reallocation", {
  GET: async ({ url, viewer, sql }) => {
    requireRole(viewer, "admin", "finance");
    return runsPage(sql, url, "reallocate");
  },
  POST: async (call) => {
    const { viewer, sql, nowMs } = call;
    requireRole(viewer, "admin", "finance");
    const { apply, ...asked } = await historyRequest(call, ReallocationInput);
    const mode = apply === true ? "apply" : "preview";
    const request = { kind: "reallocate", mode, expected: null, ...asked } as const;
    const run = await readRun(sql, await requestRun(sql, request, viewer, new Date(nowMs)));
    if (run === null) throw notFound("run");
    return accepted(run, "/api/v1/reallocation");
  },
});
