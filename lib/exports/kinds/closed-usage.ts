import { z } from "zod";
import { CLOSED_USAGE_COLUMNS } from "#lib/close/closed-columns.ts";
import { readClosedUsage } from "#lib/close/closed-usage-store.ts";
import { closedMonth } from "#lib/close/list-months.ts";
import { monthNamed } from "#lib/close/month.ts";
import { sumOfLines } from "#lib/close/statement-line.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { Month } from "#lib/parameters/month.ts";
import { exportKind } from "../export-kind.ts";

export const closedUsage = exportKind({
  summary: "The usage that a month was closed with, by team, model and class of tokens",
  parameters: z.strictObject({ month: Month }),
  read: async ({ sql, viewer, now }, { month }, sink) => {
    const { month: closing } = await closedMonth(sql, viewer, month, now);
    const lines = await readClosedUsage(sql, monthNamed(month));
    const add = await sink({
      name: `outlay-closed-usage-${month}`,
      ...{ columns: CLOSED_USAGE_COLUMNS, asOf: now, rowCount: lines.length, currency: CURRENCY },
      total: toDecimal(sumOfLines(lines).effective),
      unpricedCalls: Number(closing.totals?.unpriced_calls ?? 0),
    });
    await add(lines);
  },
});
