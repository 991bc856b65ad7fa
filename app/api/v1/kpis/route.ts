import { monthNamed } from "#lib/close/month.ts";
import { KpiParameters } from "#lib/exports/kinds/kpis.ts";
import { readKpis, runningMonth } from "#lib/kpis/read-kpis.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { kpisBody } from "../_lib/kpis.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/kpis", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const { month: name } = parseQuery(KpiParameters, url.searchParams);
    const month = name === undefined ? await runningMonth(sql, nowMs) : monthNamed(name);
    return json(kpisBody(await readKpis(sql, viewer, month, nowMs)));
  },
});
