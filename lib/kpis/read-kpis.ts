import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { instantsOf, type Month, monthFrom } from "#lib/close/month.ts";
import { readStatements } from "#lib/close/statements.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { readReconciliation } from "#lib/reconciliation/reconcile.ts";
import { type Invoice, readInvoices } from "#lib/reconciliation/reconciliation-store.ts";
import { latestOf } from "#lib/reconciliation/standing.ts";
import { seatsUsed } from "#lib/reports/plan-or-pay.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { addMonths, civilDayAt, monthOf } from "#lib/time/civil-day.ts";
import { budgetVariances } from "./budget-variance.ts";
import { allocationCoverage, realisedPriceIndex } from "./cost-ratios.ts";
import { forecastError, type JudgedDays } from "./forecast-error.ts";
import { type InvoiceSides, reconciliationGap } from "./invoice-ratio.ts";
import { type Kpis, type Ratio, ratio } from "./kpi.ts";
import { usageRatios } from "./usage-ratios.ts";

export type MonthKpis = {
  readonly month: string;
  /** Those of the forecast error; null without a forecast before a day that is over. */
  readonly judgedDays: JudgedDays | null;
  readonly kpis: Kpis;
};

/** The key figures of a month. @throws as `readKpiMonths`. */
export async function readKpis(
  sql: SqlClient,
  viewer: Viewer,
  month: Month,
  now: number,
): Promise<MonthKpis> {
  const [only] = await readKpiMonths(sql, viewer, { last: month, count: 1 }, now);
  if (only === undefined) throw new Error(`no figures of ${month.name}`);
  return only;
}

/**
 * The key figures of months in a row of the organisation's calendar, the last
 * one last. The lines of a closed month are as they were closed; figures of
 * single calls, budgets and forecasts are of the ledger as it is now.
 *
 * @param now Epoch milliseconds; the running month is told of so far.
 * @throws {AppError} "forbidden" unless finance or admin of all teams.
 */
export async function readKpiMonths(
  sql: SqlClient,
  viewer: Viewer,
  { last, count }: { readonly last: Month; readonly count: number },
  now: number,
): Promise<readonly MonthKpis[]> {
  requireFinance(viewer);
  const timeZone = await organizationZone(sql);
  const first = monthFrom(addMonths(last.first, 1 - count));
  const months = Array.from({ length: count }, (_, i) => monthFrom(addMonths(first.first, i)));
  const periods = months.map((month) => instantsOf(month, timeZone));
  const whole = { from: instantsOf(first, timeZone).from, to: instantsOf(last, timeZone).to };
  const [{ lines }, seats, variances, invoices, ratios, errors] = await Promise.all([
    readStatements(sql, viewer, whole),
    seatsUsed(sql, viewer, periods),
    budgetVariances(sql, viewer, periods, now),
    readInvoices(sql),
    usageRatios(sql, periods),
    Promise.all(periods.map((period) => forecastError(sql, period, timeZone, now))),
  ]);
  const gaps: (Ratio | null)[] = [];
  for (const { name } of months) {
    const ofMonth = invoices.filter(({ month }) => month === name);
    gaps.push(await readGap(sql, viewer, ofMonth));
  }
  const linesOf = Map.groupBy(lines, ({ month }) => month);
  return months.map(({ name: month }, i) => {
    const ofMonth = linesOf.get(month) ?? [];
    const { used = 0, paid = 0 } = seats[i] ?? {};
    const { pricing_coverage = null, cost_per_developer_day = null } = ratios[i] ?? {};
    return {
      month,
      judgedDays: errors[i]?.days ?? null,
      kpis: {
        pricing_coverage,
        cost_per_developer_day,
        forecast_error: errors[i]?.error ?? null,
        allocation_coverage: allocationCoverage(ofMonth),
        reconciliation_gap: gaps[i] ?? null,
        budget_variance: variances[i] ?? null,
        realised_price_index: realisedPriceIndex(ofMonth),
        seat_utilisation: ratio(BigInt(used), BigInt(paid)),
      },
    };
  });
}

/** The month that runs at `now` in the organisation's zone. */
export async function runningMonth(sql: SqlClient, now: number): Promise<Month> {
  return monthFrom(monthOf(civilDayAt(now, await organizationZone(sql))));
}

/** What was accepted counts as it was accepted; the rest is compared with the ledger as it is. */
async function readGap(sql: SqlClient, viewer: Viewer, ofMonth: readonly Invoice[]) {
  const sides: InvoiceSides[] = [];
  for (const { id, accepted } of latestOf(ofMonth)) {
    const { invoiced, ours } =
      accepted === null
        ? (await readReconciliation(sql, viewer, id)).comparison
        : { invoiced: parseUsd(accepted.invoiced), ours: parseUsd(accepted.ours) };
    sides.push({ invoiced, ours });
  }
  return reconciliationGap(sides);
}
