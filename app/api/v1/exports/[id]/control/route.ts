import { fetchExport } from "#lib/exports/jobs/fetch-export.ts";
import { apiRoute } from "../../../_lib/api-route.ts";
import { sidecarAnswer } from "../../../_lib/file-answer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/exports/{id}/control", {
  GET: async ({ params, viewer, sql, nowMs }) => {
    const { control } = await fetchExport(sql, viewer, params.id ?? "", new Date(nowMs));
    return sidecarAnswer(control);
  },
});
