import { context } from "#app/_server/context.ts";
import { decideIncrease } from "#lib/budget-control/increases.ts";
import { apiRoute, json } from "../../../../_lib/api-route.ts";
import { IncreaseDecision, parsed } from "../../../../_lib/budget-changes.ts";
import { increaseBody } from "../../../../_lib/budgets.ts";
import { NoParameters, parseQuery } from "../../../../_lib/query.ts";
import { requestJson } from "../../../../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets/{id}/increases/{increase}", {
  PATCH: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const { status, note } = parsed(IncreaseDecision, await requestJson(request));
    const of = { budgetId: params.id ?? "", id: params.increase ?? "" };
    const decision = { status, note: note ?? null };
    const { publicUrl } = context().config;
    const made = await decideIncrease(sql, viewer, of, decision, new Date(nowMs), { publicUrl });
    return json(increaseBody(made));
  },
});
