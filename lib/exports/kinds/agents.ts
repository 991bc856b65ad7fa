import { z } from "zod";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { FILTERS, filtersOf } from "#lib/parameters/dimensions.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { type RunStats, runStats } from "#lib/reports/agent-runs.ts";
import { measureColumns } from "#lib/reports/measure-columns.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { COST_BASES, type Measures } from "#lib/reports/usage-query.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { type Column, count, decimal, text } from "#lib/tables/column.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

type Row = {
  readonly name: string | null;
  readonly measures: Measures;
  readonly runs: RunStats | undefined;
};

const columnsBy = (by: "agent" | "workflow"): readonly Column<Row>[] => [
  text(by, ({ name }) => name),
  ...measureColumns<Row>(() => CURRENCY),
  count("runs", ({ runs }) => runs?.runs),
  count("failed_runs", ({ runs }) => runs?.failedRuns),
  count("retries", ({ runs }) => runs?.retries),
  decimal("run_cost_median", ({ runs }) => runs && toDecimal(runs.medianCost)),
  decimal("run_cost_p95", ({ runs }) => runs && toDecimal(runs.p95Cost)),
];

export const agents = exportKind({
  summary: "Agents or workflows: what they cost, and their runs among the latest 20,000 rows",
  parameters: z.strictObject({
    from: From.optional(),
    to: To.optional(),
    tz: TimeZone.optional(),
    cost: z.enum(COST_BASES).default("effective"),
    of: z.enum(["agent", "workflow"]).default("agent"),
    ...FILTERS,
  }),
  read: async ({ sql, viewer, now }, input, sink) => {
    const timeZone = input.tz ?? (await organizationZone(sql));
    const period = periodOf(input, timeZone, now.getTime());
    const filters = filtersOf(input);
    const query = { ...period, filters, costBasis: input.cost, groupBy: [input.of], timeZone };
    const usage = await usageReport(sql, viewer, { ...query, bucket: "none" });
    const runs = await runStats(sql, viewer, input.of, query);
    const byName = new Map(runs.map((stats) => [stats.name, stats]));
    const add = await sink({
      name: `outlay-${input.of}s-${periodName(period, timeZone)}`,
      ...{ columns: columnsBy(input.of), asOf: usage.asOf, rowCount: usage.rows.length },
      ...{ total: toDecimal(usage.total.cost), currency: CURRENCY },
      unpricedCalls: usage.total.unpricedCalls,
      asked: { ...askedPeriod(period), tz: timeZone },
    });
    await add(
      usage.rows.map(({ group, measures }) => {
        const name = group[input.of] ?? null;
        return { name, measures, runs: byName.get(name) };
      }),
    );
  },
});
