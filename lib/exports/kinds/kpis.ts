import { z } from "zod";
import { monthNamed } from "#lib/close/month.ts";
import { KPI_COLUMNS, kpiRows } from "#lib/kpis/kpi-columns.ts";
import { readKpiMonths, runningMonth } from "#lib/kpis/read-kpis.ts";
import { Month } from "#lib/parameters/month.ts";
import { exportKind } from "../export-kind.ts";

export const KpiParameters = z.strictObject({
  month: Month.optional().meta({ description: "As 2026-10; the running one when left out" }),
});

const FileParameters = KpiParameters.extend({
  months: z.coerce
    .number()
    .int()
    .min(1)
    .max(12)
    .default(1)
    .meta({ description: "So many months up to that one" }),
});

export const kpis = exportKind({
  summary:
    "The key figures of finance of a month, or of up to twelve, each with what it is divided of",
  parameters: FileParameters,
  read: async ({ sql, viewer, now }, input, sink) => {
    const nowMs = now.getTime();
    const month =
      input.month === undefined ? await runningMonth(sql, nowMs) : monthNamed(input.month);
    const asked = { last: month, count: input.months };
    const rows = kpiRows(await readKpiMonths(sql, viewer, asked, nowMs));
    const add = await sink({
      name: `outlay-kpis-${month.name}`,
      ...{ columns: KPI_COLUMNS, asOf: now, rowCount: rows.length },
      ...{
        total: null,
        currency: null,
        asked: { month: month.name, months: String(input.months) },
      },
    });
    await add(rows);
  },
});
