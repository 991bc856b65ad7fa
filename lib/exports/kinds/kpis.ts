import { z } from "zod";
import { monthNamed } from "#lib/close/month.ts";
import { KPI_COLUMNS, kpiRows } from "#lib/kpis/kpi-columns.ts";
import { readKpis, runningMonth } from "#lib/kpis/read-kpis.ts";
import { Month } from "#lib/parameters/month.ts";
import { exportKind } from "../export-kind.ts";

export const KpiParameters = z.strictObject({
  month: Month.optional().meta({ description: "As 2026-10; the running one when left out" }),
});

export const kpis = exportKind({
  summary: "The key figures of finance of a month, each with what it is divided of",
  parameters: KpiParameters,
  read: async ({ sql, viewer, now }, input, sink) => {
    const nowMs = now.getTime();
    const month =
      input.month === undefined ? await runningMonth(sql, nowMs) : monthNamed(input.month);
    const rows = kpiRows([await readKpis(sql, viewer, month, nowMs)]);
    const add = await sink({
      name: `outlay-kpis-${month.name}`,
      ...{ columns: KPI_COLUMNS, asOf: now, rowCount: rows.length },
      ...{ total: null, currency: null, asked: { month: month.name } },
    });
    await add(rows);
  },
});
