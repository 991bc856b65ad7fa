import { ForecastParameters } from "#lib/exports/kinds/forecasts.ts";
import { readAccuracy } from "#lib/forecasting/accuracy.ts";
import { readForecast } from "#lib/forecasting/read-forecast.ts";
import { firstScope, parseScope, scopeText } from "#lib/forecasting/scope.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { forecastBody } from "../_lib/forecasts.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/forecasts", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(ForecastParameters, url.searchParams);
    const scope = input.scope === undefined ? firstScope(viewer) : parseScope(input.scope);
    const forecast = await readForecast(sql, viewer, scope, input.horizon, nowMs);
    const [accuracy = null] = await readAccuracy(sql, viewer, scopeText(scope), nowMs);
    return json(forecastBody(forecast, accuracy));
  },
});
