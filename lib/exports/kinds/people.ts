import { z } from "zod";
import { requireFinance } from "#lib/access/rights.ts";
import { HR_COLUMNS, hrLines } from "#lib/organization/hr-file.ts";
import { membersByEmail } from "#lib/organization/people.ts";
import { exportKind } from "../export-kind.ts";

export const people = exportKind({
  summary: "Who works in which team from when to when, as it is imported again",
  parameters: z.strictObject({}),
  read: async ({ sql, viewer, now }, _, sink) => {
    requireFinance(viewer);
    const lines = hrLines(await membersByEmail(sql, "all"));
    const add = await sink({
      name: `people-${now.toISOString().slice(0, 10)}`,
      ...{ columns: HR_COLUMNS, asOf: now, rowCount: lines.length },
      ...{ total: null, currency: null },
    });
    await add(lines);
  },
});
