import { requireAdmin } from "#lib/access/rights.ts";
import { importPeople } from "#lib/organization/import-people.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { PeopleImportParameters, peopleImportBody } from "../../_lib/organization.ts";
import { parseQuery } from "../../_lib/query.ts";
import { requestText } from "../../_lib/request-json.ts";

const MOST_BYTES = 32 * 1024 * 1024;

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/people/import", {
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    requireAdmin(viewer);
    const { dry_run, create_teams } = parseQuery(PeopleImportParameters, url.searchParams);
    const text = await requestText(request, MOST_BYTES);
    const imported = await importPeople(sql, { by: viewer, now: new Date(nowMs) }, text, {
      isRehearsal: dry_run === "true",
      makesTeams: create_teams === "true",
    });
    return json(peopleImportBody(imported));
  },
});
