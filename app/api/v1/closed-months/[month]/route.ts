import { closedMonth } from "#lib/close/list-months.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { closedLineBody, closedMonthBody } from "../../_lib/closed-months.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/closed-months/{month}", {
  GET: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const found = await closedMonth(sql, viewer, params.month ?? "", new Date(nowMs));
    return json({ ...closedMonthBody(found.month), rows: found.lines.map(closedLineBody) });
  },
});
