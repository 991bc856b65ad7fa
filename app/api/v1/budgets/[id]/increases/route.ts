import { context } from "#app/_server/context.ts";
import { listIncreases, requestIncrease } from "#lib/budget-control/increases.ts";
import { budgetDetail } from "#lib/budget-control/read-budgets.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { IncreaseInput, parsed } from "../../../_lib/budget-changes.ts";
import { increaseBody } from "../../../_lib/budgets.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { requestJson } from "../../../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets/{id}/increases", {
  GET: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const { status } = await budgetDetail(sql, viewer, params.id ?? "", nowMs);
    const increases = await listIncreases(sql, status.budget.id);
    return json({ increases: increases.map(increaseBody) });
  },
  POST: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = parsed(IncreaseInput, await requestJson(request));
    const wanted = {
      amount: input.amount,
      reason: input.reason,
      startsAt: input.starts_at ?? null,
      endsAt: input.ends_at ?? null,
    };
    const made = await requestIncrease(sql, viewer, params.id ?? "", wanted, new Date(nowMs), {
      publicUrl: context().config.publicUrl,
    });
    return Response.json(increaseBody(made), {
      status: 201,
      headers: { "cache-control": "no-store" },
    });
  },
});
