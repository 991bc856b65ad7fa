import { z } from "zod";
import { BUDGET_TABLE } from "#lib/budget-control/budget-columns.ts";
import { visibleBudgets } from "#lib/budget-control/read-budgets.ts";
import { exportKind } from "../export-kind.ts";

export const budgets = exportKind({
  summary: "Budgets as they are imported again",
  parameters: z.strictObject({}),
  read: async ({ sql, viewer, now }, _, sink) => {
    const found = await visibleBudgets(sql, viewer, now.getTime());
    const add = await sink({
      name: `outlay-budgets-${now.toISOString().slice(0, 10)}`,
      ...{ columns: BUDGET_TABLE, asOf: now, rowCount: found.length },
      ...{ total: null, currency: null },
    });
    await add(found);
  },
});
