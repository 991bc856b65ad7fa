import { updateTeam } from "#lib/organization/change-team.ts";
import { apiRoute } from "../../_lib/api-route.ts";
import { ChangedTeam } from "../../_lib/organization.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";
import { oneTeam } from "../_lib/one-team.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/teams/{slug}", {
  GET: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return oneTeam(sql, viewer, params.slug);
  },
  PATCH: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const { slug = "" } = params;
    const wanted = await requestInput(request, ChangedTeam);
    await updateTeam(sql, { by: viewer, now: new Date(nowMs) }, slug, wanted);
    return oneTeam(sql, viewer, slug);
  },
});
