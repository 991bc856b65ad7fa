import { ToolCallParameters } from "#lib/exports/kinds/tool-calls.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { filtersOf } from "#lib/parameters/dimensions.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { toolCallReport } from "#lib/reports/tool-calls.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";
import { endingsBody } from "../_lib/tool-calls.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/tool-calls", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(ToolCallParameters, url.searchParams);
    const period = periodOf(input, input.tz ?? (await organizationZone(sql)), nowMs);
    const { rows, total, asOf } = await toolCallReport(sql, viewer, {
      ...period,
      groupBy: input.group_by ?? ["tool"],
      costBasis: input.cost,
      filters: filtersOf(input),
    });
    return json({
      from: iso(period.from),
      to: iso(period.to),
      currency: CURRENCY,
      as_of: iso(asOf),
      rows: rows.map(({ group, ...endings }) => ({ group, ...endingsBody(endings) })),
      total: endingsBody(total),
    });
  },
});
