import { TeamCostParameters, teamCostQueryOf } from "#lib/exports/kinds/team-costs.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { groupTeamCosts } from "#lib/reports/team-cost-groups.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";
import { costGroupBody, costsBody } from "../_lib/team-costs.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/team-costs", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(TeamCostParameters, url.searchParams);
    const query = await teamCostQueryOf(sql, input, nowMs);
    const { lines, total, timeZone, unpriced, asOf } = await teamCosts(sql, viewer, query);
    const groups = groupTeamCosts(lines, input.group_by);
    return json({
      from: iso(query.from),
      to: iso(query.to),
      time_zone: timeZone,
      currency: CURRENCY,
      cost_basis: input.cost,
      as_of: iso(asOf),
      rows: groups.map((group) => costGroupBody(group, input.group_by, input.cost)),
      total: {
        ...costsBody(total, input.cost),
        unpriced_calls: [...unpriced.values()].reduce((sum, calls) => sum + calls, 0),
      },
    });
  },
});
