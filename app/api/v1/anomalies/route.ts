import { listAnomalies } from "#lib/anomaly-control/list-anomalies.ts";
import { statesOf } from "#lib/exports/kinds/anomalies.ts";
import { AnomaliesParameters, AnomalyPosition, anomalyBody } from "../_lib/anomalies.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/anomalies", {
  GET: async ({ url, viewer, sql }) => {
    const { state, cursor, ...filters } = parseQuery(AnomaliesParameters, url.searchParams);
    const question = questionOf(url);
    const at = cursor === undefined ? undefined : decodeCursor(cursor, question, AnomalyPosition);
    const { anomalies, next } = await listAnomalies(sql, viewer, {
      ...filters,
      states: statesOf(state),
      after: at === undefined ? undefined : { startsAt: at[0], id: at[1] },
    });
    return json({
      anomalies: anomalies.map(anomalyBody),
      next_cursor: next === null ? null : encodeCursor(question, [iso(next.startsAt), next.id]),
    });
  },
});
