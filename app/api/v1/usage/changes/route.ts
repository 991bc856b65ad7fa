import { costChange } from "#lib/reports/cost-change.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { parseQuery } from "../../_lib/query.ts";
import { changeQueryOf, UsageChangeParameters, usageChangeBody } from "../../_lib/usage-changes.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/usage/changes", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(UsageChangeParameters, url.searchParams);
    const query = await changeQueryOf(sql, input, nowMs);
    return json(usageChangeBody(query, await costChange(sql, viewer, query)));
  },
});
