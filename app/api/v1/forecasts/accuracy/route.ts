import { readAccuracy } from "#lib/forecasting/accuracy.ts";
import { parseScope, scopeText } from "#lib/forecasting/scope.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { AccuracyParameters, accuracyBody } from "../../_lib/forecasts.ts";
import { parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/forecasts/accuracy", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const { scope } = parseQuery(AccuracyParameters, url.searchParams);
    const only = scope === undefined ? null : scopeText(parseScope(scope));
    const found = await readAccuracy(sql, viewer, only, nowMs);
    return json({ scopes: found.map(accuracyBody) });
  },
});
