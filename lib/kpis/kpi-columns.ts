import { type Column, count, decimal, text } from "#lib/tables/column.ts";
import {
  KPI_NAMES,
  KPIS,
  type KpiName,
  kpiTerm,
  kpiValue,
  type Ratio,
  unpricedCalls,
} from "./kpi.ts";
import type { MonthKpis } from "./read-kpis.ts";

/** One figure of one month. */
export type KpiRow = {
  readonly month: string;
  readonly name: KpiName;
  readonly ratio: Ratio | null;
  /** Of the month. */
  readonly unpricedCalls: number;
};

export function kpiRows(months: readonly MonthKpis[]): readonly KpiRow[] {
  return months.flatMap(({ month, kpis }) =>
    KPI_NAMES.map((name) => ({
      ...{ month, name, ratio: kpis[name] },
      unpricedCalls: unpricedCalls(kpis),
    })),
  );
}

/** The key figures as a file; empty where nothing can be said. */
export const KPI_COLUMNS: readonly Column<KpiRow>[] = [
  text("month", ({ month }) => month),
  text("kpi", ({ name }) => name),
  text("unit", ({ name }) => KPIS[name].unit),
  decimal("value", ({ name, ratio }) => ratio && kpiValue(name, ratio)),
  decimal("numerator", ({ name, ratio }) => ratio && kpiTerm(name, "numerator", ratio)),
  decimal("denominator", ({ name, ratio }) => ratio && kpiTerm(name, "denominator", ratio)),
  count("unpriced_calls", (row) => row.unpricedCalls),
];
