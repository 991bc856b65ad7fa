import { splitTeam } from "#lib/organization/split-team.ts";

import { apiRoute } from "../../../_lib/api-route.ts";
import { TeamSplitInput } from "../../../_lib/organization.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { requestInput } from "../../../_lib/request-input.ts";
import { oneTeam } from "../../_lib/one-team.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/teams/{slug}/split", {
  POST: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const { slug = "" } = params;
    const input = await requestInput(request, TeamSplitInput);
    await splitTeam(sql, { by: viewer, now: new Date(nowMs) }, slug, input);
    return oneTeam(sql, viewer, slug);
  },
});
