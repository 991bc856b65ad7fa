import { readStatement } from "#lib/close/read-statement.ts";
import { teamStatementCsv } from "#lib/close/team-statement-csv.ts";
import { toDecimal } from "#lib/money/money.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { csvAnswer } from "../_lib/csv-answer.ts";
import { StatementCsvOfParameters } from "../_lib/gl-journal.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/statement.csv", {
  GET: async ({ url, viewer, sql }) => {
    const input = parseQuery(StatementCsvOfParameters, url.searchParams);
    const { month, team, cost_center: center, flavor } = input;
    const of =
      team === undefined
        ? ({ kind: "cost_center", value: center ?? "" } as const)
        : ({ kind: "team", value: team } as const);
    const statement = await readStatement(sql, viewer, { month, of });
    const { csv, rows } = teamStatementCsv(statement, flavor);
    // A team's or a cost center's name may be anything, and a header may not.
    const name = encodeURIComponent(of.value).replaceAll("%", "_");
    return csvAnswer(csv, {
      name: `outlay-statement-${month}-${name}`,
      ...{ flavor, rows, asOf: statement.asOf },
      total: toDecimal(statement.total.effective),
    });
  },
});
