import { z } from "zod";
import { STATEMENT_COLUMNS } from "#lib/close/statement-columns.ts";
import { readStatements } from "#lib/close/statements.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

export const StatementParameters = z.strictObject({ from: From.optional(), to: To.optional() });

export const statements = exportKind({
  summary: "The statements of all teams in sight, line by line",
  parameters: StatementParameters,
  read: async ({ sql, viewer, now }, input, sink) => {
    const period = periodOf(input, await organizationZone(sql), now.getTime());
    const found = await readStatements(sql, viewer, period);
    const { lines, total, timeZone, asOf, unpricedCalls } = found;
    const add = await sink({
      name: `outlay-statements-${periodName(period, timeZone)}`,
      ...{ columns: STATEMENT_COLUMNS, asOf, rowCount: lines.length },
      ...{ total: toDecimal(total.effective), currency: CURRENCY },
      ...{ unpricedCalls: Number(unpricedCalls), asked: askedPeriod(period) },
    });
    await add(lines);
  },
});
