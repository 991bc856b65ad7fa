import { closeMonth } from "#lib/close/close-month.ts";
import { listMonths } from "#lib/close/list-months.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { CloseInput, closedMonthBody } from "../_lib/closed-months.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/closed-months", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const months = await listMonths(sql, viewer, new Date(nowMs));
    return json({ rows: months.map(closedMonthBody) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = CloseInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    return json(await closeMonth(sql, viewer, input.data.month, new Date(nowMs)));
  },
});
