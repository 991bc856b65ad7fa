import { readForecast } from "#lib/forecasting/read-forecast.ts";
import { firstScope, parseScope } from "#lib/forecasting/scope.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { ForecastCsvParameters, forecastCsv } from "../_lib/forecasts.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/forecasts.csv", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(ForecastCsvParameters, url.searchParams);
    const scope = input.scope === undefined ? firstScope(viewer) : parseScope(input.scope);
    const forecast = await readForecast(sql, viewer, scope, input.horizon, nowMs);
    const now = iso(new Date(nowMs));
    const suffix = input.flavor === "excel" ? "-excel" : "";
    return new Response(forecastCsv(forecast, input.flavor), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="outlay-forecast-${now.slice(0, 10)}${suffix}.csv"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-outlay-as-of": now,
        "x-outlay-rows": String(forecast.spent.length + forecast.days.length),
      },
    });
  },
});
