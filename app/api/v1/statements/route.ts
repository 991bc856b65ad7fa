import { readStatements } from "#lib/close/statements.ts";
import { StatementParameters } from "#lib/exports/kinds/statements.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";
import { statementLineBody } from "../_lib/statements.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/statements", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(StatementParameters, url.searchParams);
    const period = periodOf(input, await organizationZone(sql), nowMs);
    const { lines, total, unpricedCalls, timeZone, asOf } = await readStatements(
      sql,
      viewer,
      period,
    );
    return json({
      from: iso(period.from),
      to: iso(period.to),
      time_zone: timeZone,
      currency: CURRENCY,
      as_of: iso(asOf),
      rows: lines.map(statementLineBody),
      total: {
        list_cost: toDecimal(total.list),
        contracted_cost: toDecimal(total.contracted),
        effective_cost: toDecimal(total.effective),
        billed_cost: toDecimal(total.billed),
        unpriced_calls: Number(unpricedCalls),
      },
    });
  },
});
