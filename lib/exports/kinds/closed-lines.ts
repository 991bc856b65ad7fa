import { z } from "zod";
import { CLOSED_LINE_COLUMNS } from "#lib/close/closed-columns.ts";
import { closedMonth } from "#lib/close/list-months.ts";
import { sumOfLines } from "#lib/close/statement-line.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { exportKind } from "../export-kind.ts";

export const closedLines = exportKind({
  summary: "The lines that a month was closed with, as its hash is over them",
  parameters: z.strictObject({ month: Month }),
  read: async ({ sql, viewer, now }, { month }, sink) => {
    const { lines } = await closedMonth(sql, viewer, month, now);
    const add = await sink({
      name: `outlay-closed-lines-${month}`,
      ...{ columns: CLOSED_LINE_COLUMNS, asOf: now, rowCount: lines.length, currency: CURRENCY },
      total: toDecimal(sumOfLines(lines).effective),
      unpricedCalls: lines.reduce((sum, { unpricedCalls }) => sum + Number(unpricedCalls), 0),
    });
    await add(lines);
  },
});
