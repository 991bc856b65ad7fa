import { listCrossings } from "#lib/budget-control/list-crossings.ts";
import { budgetDetail } from "#lib/budget-control/read-budgets.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { alertBody, periodBody } from "../../../_lib/budgets.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets/{id}/history", {
  GET: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const { status, history } = await budgetDetail(sql, viewer, params.id ?? "", nowMs);
    const alerts = await listCrossings(sql, status.budget.id);
    return json({
      currency: status.budget.unit,
      periods: history.map(periodBody).reverse(),
      alerts: alerts.map(alertBody),
    });
  },
});
