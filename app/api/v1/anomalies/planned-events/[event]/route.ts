import { removePlannedEvent } from "#lib/anomaly-control/planned-events.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/anomalies/planned-events/{event}", {
  DELETE: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = params.event ?? "";
    await removePlannedEvent(sql, viewer, id);
    return json({ id, deleted: true });
  },
});
