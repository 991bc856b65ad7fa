import { z } from "zod";
import { forecastColumns, forecastRows } from "#lib/forecasting/forecast-columns.ts";
import { readForecast } from "#lib/forecasting/read-forecast.ts";
import { firstScope, parseScope } from "#lib/forecasting/scope.ts";
import { limit } from "#lib/parameters/limit.ts";
import { exportKind } from "../export-kind.ts";

export const Scope = z.string().max(600).meta({
  description:
    "organization, team:SLUG, model:NAME, agent:NAME, team:SLUG/model:NAME or budget:ID; default: the organisation, or the first team of a viewer who does not see it",
});

export const ForecastParameters = z.strictObject({
  scope: Scope.optional(),
  horizon: limit(30, 92).meta({
    description: "Days ahead, the running day included: 1 to 92; default 30",
  }),
});

export const forecasts = exportKind({
  summary: "Spend to date and ahead by day, with bands",
  parameters: ForecastParameters,
  read: async ({ sql, viewer, now }, input, sink) => {
    const scope = input.scope === undefined ? firstScope(viewer) : parseScope(input.scope);
    const forecast = await readForecast(sql, viewer, scope, input.horizon, now.getTime());
    const rows = forecastRows(forecast);
    const add = await sink({
      name: `outlay-forecast-${now.toISOString().slice(0, 10)}`,
      ...{ columns: forecastColumns(forecast), asOf: now, rowCount: rows.length },
      ...{ total: null, currency: forecast.unit, unpricedCalls: forecast.unpricedCalls },
    });
    await add(rows);
  },
});
