import { toDecimal } from "#lib/money/money.ts";
import { dateIn } from "#lib/parameters/period.ts";
import {
  groupTeamCosts,
  teamCostCsvHeader,
  teamCostCsvRows,
} from "#lib/reports/team-cost-groups.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";
import { TeamCostCsvParameters, teamCostQueryOf } from "../_lib/team-costs.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/team-costs.csv", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(TeamCostCsvParameters, url.searchParams);
    const { group_by, cost, flavor } = input;
    const query = await teamCostQueryOf(sql, input, nowMs);
    const { lines, total, timeZone, asOf } = await teamCosts(sql, viewer, query);
    const groups = groupTeamCosts(lines, group_by);
    const rows = groups.map((group) => teamCostCsvRows(group, cost, flavor)).join("");
    const last = new Date(query.to.getTime() - 1);
    const days = `${dateIn(query.from, timeZone)}_${dateIn(last, timeZone)}`;
    const name = `outlay-team-costs-${days}${flavor === "excel" ? "-excel" : ""}.csv`;
    return new Response(`${teamCostCsvHeader(group_by, flavor)}${rows}`, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-outlay-as-of": iso(asOf),
        "x-outlay-rows": String(groups.reduce((sum, { parts }) => sum + parts.length, 0)),
        "x-outlay-total": toDecimal(total[cost]),
      },
    });
  },
});
