import { readRun, runChanges } from "#lib/history-runs/history-run.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { changesBody, runBody } from "../../_lib/history-runs.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requireRole } from "../../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/repricing/{id}", {
  GET: async ({ url, params, viewer, sql }) => {
    requireRole(viewer, "admin", "finance");
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    const run = /^\d{1,18}$/.test(id) ? await readRun(sql, BigInt(id)) : null;
    if (run?.kind !== "reprice") throw notFound("run");
    return json({ ...runBody(run), ...changesBody(await runChanges(sql, run.id)) });
  },
});
