import { openPeriodOf } from "#lib/parameters/period.ts";
import { dataQuality } from "#lib/reports/data-quality.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { QualityParameters, qualityBody } from "../_lib/data-quality.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/data-quality", {
  GET: async ({ url, viewer, sql }) => {
    const input = parseQuery(QualityParameters, url.searchParams);
    const period = openPeriodOf(input, input.tz ?? (await organizationZone(sql)));
    const found = await dataQuality(sql, viewer, { ...period, costBasis: input.cost });
    return json(qualityBody(found, input.cost));
  },
});
