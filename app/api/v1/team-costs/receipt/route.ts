import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { teamCostReceipt } from "#lib/reports/team-cost-receipt.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { iso } from "../../_lib/iso.ts";
import { parseQuery } from "../../_lib/query.ts";
import { TeamCostReceiptParameters, teamCostReceiptBody } from "../../_lib/team-cost-receipt.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/team-costs/receipt", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(TeamCostReceiptParameters, url.searchParams);
    const { from, to } = periodOf(input, await organizationZone(sql), nowMs);
    const { team, line: kind, charge = null, shared_cost: pool = null } = input;
    const line = { team, kind, charge, pool, costCenter: input.cost_center };
    const receipt = await teamCostReceipt(sql, viewer, line, { from, to });
    return json({ from: iso(from), to: iso(to), ...teamCostReceiptBody(receipt) });
  },
});
