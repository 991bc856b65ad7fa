import { z } from "zod";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { FILTERS, filtersOf, GroupBy } from "#lib/parameters/dimensions.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { callTimings } from "#lib/reports/call-timing.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { toolCallColumns } from "#lib/reports/tool-call-columns.ts";
import { toolCallReport } from "#lib/reports/tool-calls.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

export const ToolCallParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  tz: TimeZone.optional(),
  cost: z.enum(COST_BASES).default("effective"),
  group_by: GroupBy.optional().meta({ description: "As in /usage; default: tool" }),
  ...FILTERS,
});

const isByTool = (groupBy: readonly string[]) => groupBy.length === 1 && groupBy[0] === "tool";

export const toolCalls = exportKind({
  summary:
    "Tool calls and how they ended, the most called first; by tool also how long the latest took",
  parameters: ToolCallParameters,
  read: async ({ sql, viewer, now }, input, sink) => {
    const timeZone = input.tz ?? (await organizationZone(sql));
    const period = periodOf(input, timeZone, now.getTime());
    // How they ended is what the columns tell.
    const groupBy = (input.group_by ?? ["tool"]).filter((name) => name !== "status");
    const query = { ...period, groupBy, costBasis: input.cost, filters: filtersOf(input) };
    const { rows, total, asOf } = await toolCallReport(sql, viewer, query);
    // Timing is told by tool alone.
    const timings = isByTool(groupBy) ? await callTimings(sql, viewer, "tool_call", query) : [];
    const timingOf = new Map(timings.map((timing) => [timing.name, timing]));
    const add = await sink({
      ...{
        columns: toolCallColumns(groupBy, isByTool(groupBy) ? timingOf : null),
        asOf,
        rowCount: rows.length,
        currency: CURRENCY,
      },
      ...{ total: toDecimal(total.cost), unpricedCalls: total.unpricedCalls },
      name: `outlay-tool-calls-${periodName(period, timeZone)}`,
      asked: { ...askedPeriod(period), tz: timeZone },
    });
    await add(rows);
  },
});
