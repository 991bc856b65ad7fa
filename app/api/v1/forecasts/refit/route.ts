import { requestRefit } from "#lib/forecasting/refit-runs.ts";
import { apiRoute } from "../../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";

/** Fitting takes up to a minute: the worker does it, and this says that it will. */
export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/forecasts/refit", {
  POST: async ({ url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    await requestRefit(sql, viewer, new Date(nowMs));
    return Response.json(
      { requested: true },
      { status: 202, headers: { "cache-control": "no-store" } },
    );
  },
});
