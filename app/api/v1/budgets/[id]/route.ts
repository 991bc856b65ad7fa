import { budgetDetail } from "#lib/budget-control/read-budgets.ts";
import { archiveBudget, changeBudget } from "#lib/budget-control/store-budget.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { budgetPatch } from "../../_lib/budget-changes.ts";
import { budgetBody } from "../../_lib/budgets.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets/{id}", {
  GET: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const found = await budgetDetail(sql, viewer, params.id ?? "", nowMs);
    return json(budgetBody(found, found.timeZone, nowMs));
  },
  PATCH: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    await changeBudget(sql, viewer, id, await budgetPatch(request), new Date(nowMs));
    const found = await budgetDetail(sql, viewer, id, nowMs);
    return json(budgetBody(found, found.timeZone, nowMs));
  },
  DELETE: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = params.id ?? "";
    await archiveBudget(sql, viewer, id, new Date(nowMs));
    return json({ id, deleted: true });
  },
});
