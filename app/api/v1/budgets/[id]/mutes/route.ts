import { listMutes, muteBudget, unmuteBudget } from "#lib/budget-control/mutes.ts";
import { budgetDetail } from "#lib/budget-control/read-budgets.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { MuteInput, parsed } from "../../../_lib/budget-changes.ts";
import { muteBody } from "../../../_lib/budgets.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { requestJson } from "../../../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets/{id}/mutes", {
  GET: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const { status } = await budgetDetail(sql, viewer, params.id ?? "", nowMs);
    return json({ mutes: (await listMutes(sql, status.budget.id)).map(muteBody) });
  },
  POST: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const { reason, ends_at } = parsed(MuteInput, await requestJson(request));
    const wanted = { reason, endsAt: ends_at };
    const made = await muteBudget(sql, viewer, params.id ?? "", wanted, new Date(nowMs));
    return Response.json(muteBody(made), {
      status: 201,
      headers: { "cache-control": "no-store" },
    });
  },
  DELETE: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    await unmuteBudget(sql, viewer, params.id ?? "", new Date(nowMs));
    return json({ id: params.id, muted_until: null });
  },
});
