import { budgetDetail } from "#lib/budget-control/read-budgets.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { statusBody } from "../../../_lib/budgets.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets/{id}/status", {
  GET: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const found = await budgetDetail(sql, viewer, params.id ?? "", nowMs);
    return json(statusBody(found, found.timeZone, nowMs));
  },
});
