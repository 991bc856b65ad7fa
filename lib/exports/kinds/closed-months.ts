import { z } from "zod";
import { MONTH_COLUMNS } from "#lib/close/closed-columns.ts";
import { listMonths } from "#lib/close/list-months.ts";
import { CURRENCY, sumUsd, toDecimal } from "#lib/money/money.ts";
import { exportKind } from "../export-kind.ts";

export const closedMonths = exportKind({
  summary: "The months, what the ledger says of them and what they were closed with",
  parameters: z.strictObject({}),
  read: async ({ sql, viewer, now }, _, sink) => {
    const months = await listMonths(sql, viewer, now);
    const add = await sink({
      name: `outlay-closed-months-${now.toISOString().slice(0, 10)}`,
      ...{ columns: MONTH_COLUMNS, asOf: now, rowCount: months.length, currency: CURRENCY },
      total: toDecimal(sumUsd(months.map(({ usage }) => usage))),
      unpricedCalls: months.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0),
    });
    await add(months);
  },
});
