import { z } from "zod";
import { readStatement } from "#lib/close/read-statement.ts";
import { statementFileRows, teamStatementColumns } from "#lib/close/team-statement-columns.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { exportKind } from "../export-kind.ts";

export const statement = exportKind({
  summary: "One statement, by model and class of tokens",
  parameters: z
    .strictObject({
      month: Month,
      team: z.string().max(120).optional(),
      cost_center: z.string().max(200).optional(),
    })
    .refine(({ team, cost_center }) => (team === undefined) !== (cost_center === undefined), {
      path: ["team"],
      message: "is needed, or cost_center, and not both",
    }),
  read: async ({ sql, viewer }, { month, team, cost_center: center }, sink) => {
    const of =
      team === undefined
        ? ({ kind: "cost_center", value: center ?? "" } as const)
        : ({ kind: "team", value: team } as const);
    const found = await readStatement(sql, viewer, { month, of });
    const rows = statementFileRows(found);
    // A team's or a cost center's name may be anything, and a header may not.
    const name = encodeURIComponent(of.value).replaceAll("%", "_");
    const add = await sink({
      name: `outlay-statement-${month}-${name}`,
      ...{ columns: teamStatementColumns(found), asOf: found.asOf, rowCount: rows.length },
      ...{ total: toDecimal(found.total.effective), currency: CURRENCY },
      unpricedCalls: Number(found.unpricedCalls),
    });
    await add(rows);
  },
});
