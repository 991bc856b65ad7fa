import { createTeam } from "#lib/organization/change-team.ts";
import { listTeams } from "#lib/organization/teams.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { NewTeam, teamBody } from "../_lib/organization.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestInput } from "../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/teams", {
  GET: async ({ url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return json({ teams: (await listTeams(sql, viewer)).map(teamBody) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const team = await requestInput(request, NewTeam);
    await createTeam(sql, { by: viewer, now: new Date(nowMs) }, team);
    const made = (await listTeams(sql, viewer)).find(({ slug }) => slug === team.slug);
    return json(made && teamBody(made));
  },
});
