import { statementCsvHeader, statementCsvRow } from "#lib/close/statement-csv.ts";
import { readStatements } from "#lib/close/statements.ts";
import { toDecimal } from "#lib/money/money.ts";
import { dateIn, periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { csvAnswer } from "../_lib/csv-answer.ts";
import { parseQuery } from "../_lib/query.ts";
import { StatementCsvParameters } from "../_lib/statements.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/statements.csv", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(StatementCsvParameters, url.searchParams);
    const { flavor } = input;
    const period = periodOf(input, await organizationZone(sql), nowMs);
    const { lines, total, timeZone, asOf } = await readStatements(sql, viewer, period);
    const rows = lines.map((line) => statementCsvRow(line, flavor)).join("");
    const last = new Date(period.to.getTime() - 1);
    const days = `${dateIn(period.from, timeZone)}_${dateIn(last, timeZone)}`;
    return csvAnswer(`${statementCsvHeader(flavor)}${rows}`, {
      name: `outlay-statements-${days}`,
      flavor,
      asOf,
      rows: lines.length,
      total: toDecimal(total.effective),
    });
  },
});
