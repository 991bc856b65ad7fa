import { previewRepricing } from "#lib/repricing/preview.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { historyRequest } from "../../_lib/history-request.ts";
import { HistoryInput, previewBody } from "../../_lib/history-runs.ts";
import { requireRole } from "../../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/repricing/preview", {
  POST: async (call) => {
    requireRole(call.viewer, "admin", "finance");
    const { filter, period } = await historyRequest(call, HistoryInput);
    const { total, changes } = await previewRepricing(call.sql, filter, period);
    return json(previewBody(period, total, changes));
  },
});
