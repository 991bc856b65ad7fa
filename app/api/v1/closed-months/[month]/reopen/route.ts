import { reopenMonth } from "#lib/close/close-month.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { ReopenInput } from "../../../_lib/closed-months.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { requestJson } from "../../../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/closed-months/{month}/reopen", {
  POST: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = ReopenInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    const month = params.month ?? "";
    await reopenMonth(sql, viewer, { month, reason: input.data.reason }, new Date(nowMs));
    return json({ month, reopened: true });
  },
});
