import { listScenarios, ScenarioInput, saveScenario } from "#lib/forecasting/scenarios.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";
import { scenarioBody } from "../../_lib/what-if-body.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/forecasts/scenarios", {
  GET: async ({ url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return json({ scenarios: (await listScenarios(sql, viewer)).map(scenarioBody) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = await requestInput(request, ScenarioInput);
    const scenario = await saveScenario(sql, viewer, input, new Date(nowMs));
    return Response.json(scenarioBody(scenario), {
      status: 201,
      headers: { "cache-control": "no-store" },
    });
  },
});
