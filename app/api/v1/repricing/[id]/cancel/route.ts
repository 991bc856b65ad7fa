import { apiRoute } from "../../../_lib/api-route.ts";
import { cancelledAnswer } from "../../../_lib/history-runs-page.ts";
import { requireRole } from "../../../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/repricing/{id}/cancel", {
  POST: async (call) => {
    requireRole(call.viewer, "admin", "finance");
    return cancelledAnswer(call, "reprice");
  },
});
