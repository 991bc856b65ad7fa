import { anomaliesCsv } from "#lib/anomaly-control/anomaly-csv.ts";
import { listAnomalies } from "#lib/anomaly-control/list-anomalies.ts";
import { AnomaliesCsvParameters, statesOf } from "../_lib/anomalies.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";

const MOST = 10_000;

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/anomalies.csv", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const { state, flavor, ...filters } = parseQuery(AnomaliesCsvParameters, url.searchParams);
    const { anomalies } = await listAnomalies(sql, viewer, {
      ...filters,
      states: statesOf(state),
      limit: MOST,
    });
    const now = iso(new Date(nowMs));
    const suffix = flavor === "excel" ? "-excel" : "";
    return new Response(anomaliesCsv(anomalies, flavor), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="outlay-anomalies-${now.slice(0, 10)}${suffix}.csv"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-outlay-as-of": now,
        "x-outlay-rows": String(anomalies.length),
      },
    });
  },
});
