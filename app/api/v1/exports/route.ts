import { ExportRequest } from "#lib/exports/export-request.ts";
import { askForExport } from "#lib/exports/jobs/ask-export.ts";
import { listExportJobs } from "#lib/exports/jobs/export-job.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { exportJobBody } from "../_lib/export-jobs.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

const SHOWN = 100;

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/exports", {
  GET: async ({ url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return json({ exports: (await listExportJobs(sql, viewer, SHOWN)).map(exportJobBody) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = ExportRequest.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    return json(exportJobBody(await askForExport(sql, viewer, input.data, new Date(nowMs))));
  },
});
