import { apiRoute } from "../../_lib/api-route.ts";
import { runAnswer } from "../../_lib/history-runs-page.ts";
import { requireRole } from "../../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/repricing/{id}", {
  GET: async ({ url, params, viewer, sql }) => {
    requireRole(viewer, "admin", "finance");
    return runAnswer(sql, url, params.id ?? "", "reprice");
  },
});
