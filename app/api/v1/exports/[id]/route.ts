import { cancelExport } from "#lib/exports/jobs/ask-export.ts";
import { readExportJob } from "#lib/exports/jobs/export-job.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { exportJobBody } from "../../_lib/export-jobs.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/exports/{id}", {
  GET: async ({ params, viewer, sql }) =>
    json(exportJobBody(await readExportJob(sql, viewer, params.id ?? ""))),
  DELETE: async ({ params, viewer, sql, nowMs }) =>
    json(exportJobBody(await cancelExport(sql, viewer, params.id ?? "", new Date(nowMs)))),
});
