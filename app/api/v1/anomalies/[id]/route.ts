import { context } from "#app/_server/context.ts";
import { AnomalyPatch, changeAnomaly } from "#lib/anomaly-control/change-anomaly.ts";
import { readAnomaly } from "#lib/anomaly-control/list-anomalies.ts";
import { anomalyBody } from "../../_lib/anomalies.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/anomalies/{id}", {
  GET: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return json(anomalyBody(await readAnomaly(sql, viewer, params.id ?? "")));
  },
  PATCH: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const patch = await requestInput(request, AnomalyPatch);
    const { publicUrl } = context().config;
    const changed = await changeAnomaly(sql, viewer, params.id ?? "", patch, {
      now: new Date(nowMs),
      publicUrl,
    });
    return json(anomalyBody(changed));
  },
});
