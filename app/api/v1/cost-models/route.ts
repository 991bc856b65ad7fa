import { recordTeamModel } from "#lib/cost-book/change-cost-book.ts";
import { ModelInput } from "#lib/cost-book/cost-input.ts";
import { newModel } from "#lib/cost-book/from-input.ts";
import { seesTeam } from "#lib/cost-book/seen-by.ts";
import { readTeamModels } from "#lib/cost-book/team-model-store.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { CostBookParameters, modelBody } from "../_lib/cost-book.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/cost-models", {
  GET: async ({ url, viewer, sql }) => {
    const { team, history } = parseQuery(CostBookParameters, url.searchParams);
    const models = await readTeamModels(sql, history === "true" ? "all" : "believed");
    const seen = models.filter(
      (model) => seesTeam(viewer, model.team) && (team === undefined || model.team === team),
    );
    return json({ cost_models: seen.map(modelBody) });
  },
  POST: async ({ request, url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = ModelInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    return json({ id: await recordTeamModel(sql, viewer, newModel(input.data)) });
  },
});
