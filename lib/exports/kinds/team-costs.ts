import { z } from "zod";
import type { SqlClient } from "#lib/db/client.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { FILTERS } from "#lib/parameters/dimensions.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import {
  groupTeamCosts,
  TEAM_COST_GROUPS,
  teamCostColumns,
  teamCostRows,
} from "#lib/reports/team-cost-groups.ts";
import { TEAM_COST_BUCKETS, type TeamCostQuery, teamCosts } from "#lib/reports/team-costs.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

export const TeamCostParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  group_by: z.enum(TEAM_COST_GROUPS).default("team"),
  bucket: z.enum(TEAM_COST_BUCKETS).default("none"),
  cost: z.enum(COST_BASES).default("effective"),
  "filter.team": FILTERS["filter.team"],
});

/** The question that the parameters ask; periods are of days in the organisation's zone. */
export async function teamCostQueryOf(
  sql: SqlClient,
  input: z.output<typeof TeamCostParameters>,
  nowMs: number,
): Promise<TeamCostQuery> {
  const timeZone = await organizationZone(sql);
  const teams = input["filter.team"];
  return {
    ...periodOf(input, timeZone, nowMs),
    bucket: input.bucket,
    ...(teams === undefined ? {} : { teams }),
  };
}

export const teamCostsExport = exportKind({
  summary: "What each team costs, line by line, in FOCUS's four costs",
  parameters: TeamCostParameters,
  read: async ({ sql, viewer, now }, input, sink) => {
    const query = await teamCostQueryOf(sql, input, now.getTime());
    const { lines, total, timeZone, asOf, unpriced } = await teamCosts(sql, viewer, query);
    const rows = teamCostRows(groupTeamCosts(lines, input.group_by));
    const add = await sink({
      name: `outlay-team-costs-${periodName(query, timeZone)}`,
      columns: teamCostColumns(input.group_by, input.cost),
      ...{ asOf, rowCount: rows.length, total: toDecimal(total[input.cost]), currency: CURRENCY },
      unpricedCalls: [...unpriced.values()].reduce((sum, calls) => sum + calls, 0),
      asked: askedPeriod(query),
    });
    await add(rows);
  },
});
