import { explainCall } from "#lib/budget-control/explain-call.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { applyingBody } from "../../../_lib/budgets.ts";
import { notFound } from "../../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets/for-event/{event}", {
  GET: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const found = await explainCall(sql, viewer, params.event ?? "", nowMs);
    if (found === null) throw notFound("event");
    return json({ counted: found.counted, budgets: found.budgets.map(applyingBody) });
  },
});
