import { archiveScenario } from "#lib/forecasting/scenarios.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/forecasts/scenarios/{id}", {
  DELETE: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    await archiveScenario(sql, viewer, id, new Date(nowMs));
    return json({ id, deleted: true });
  },
});
