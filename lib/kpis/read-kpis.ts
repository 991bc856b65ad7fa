import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { instantsOf, type Month, monthFrom } from "#lib/close/month.ts";
import { readStatements } from "#lib/close/statements.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { readReconciliation } from "#lib/reconciliation/reconcile.ts";
import { readInvoices } from "#lib/reconciliation/reconciliation-store.ts";
import { latestOf } from "#lib/reconciliation/standing.ts";
import { planUse } from "#lib/reports/plan-or-pay.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { addMonths, civilDayAt, monthOf } from "#lib/time/civil-day.ts";
import { budgetVariance } from "./budget-variance.ts";
import { allocationCoverage, realisedPriceIndex } from "./cost-ratios.ts";
import { forecastError } from "./forecast-error.ts";
import { type InvoiceSides, reconciliationGap } from "./invoice-ratio.ts";
import { type Kpis, ratio } from "./kpi.ts";
import { costPerDeveloperDay, pricingCoverage } from "./usage-ratios.ts";

export type MonthKpis = { readonly month: string; readonly kpis: Kpis };

/**
 * The key figures of a month of the organisation's calendar; a closed month's
 * costs are as they were closed.
 *
 * @param now Epoch milliseconds; the running month is told of so far.
 * @throws {AppError} "forbidden" unless finance or admin of all teams.
 */
export async function readKpis(
  sql: SqlClient,
  viewer: Viewer,
  month: Month,
  now: number,
): Promise<MonthKpis> {
  requireFinance(viewer);
  const timeZone = await organizationZone(sql);
  const period = instantsOf(month, timeZone);
  const [{ lines }, { plans }, pricing, perDay, gap, variance, error] = await Promise.all([
    readStatements(sql, viewer, period),
    planUse(sql, viewer, period),
    pricingCoverage(sql, period),
    costPerDeveloperDay(sql, period),
    readGap(sql, viewer, month.name),
    budgetVariance(sql, viewer, period, now),
    forecastError(sql, period, now),
  ]);
  const seats = (of: (plan: (typeof plans)[number]) => number) =>
    BigInt(plans.reduce((sum, plan) => sum + of(plan), 0));
  return {
    month: month.name,
    kpis: {
      allocation_coverage: allocationCoverage(lines),
      pricing_coverage: pricing,
      reconciliation_gap: gap,
      budget_variance: variance,
      forecast_error: error,
      realised_price_index: realisedPriceIndex(lines),
      cost_per_developer_day: perDay,
      seat_utilisation: ratio(
        seats(({ used }) => used),
        seats(({ charge }) => charge.quantity),
      ),
    },
  };
}

/** The key figures of months in a row, the last one last: one after the other, for each reads a month's statements. */
export async function readKpiMonths(
  sql: SqlClient,
  viewer: Viewer,
  { last, count }: { readonly last: Month; readonly count: number },
  now: number,
): Promise<readonly MonthKpis[]> {
  const months: MonthKpis[] = [];
  for (let back = count - 1; back >= 0; back--) {
    months.push(await readKpis(sql, viewer, monthFrom(addMonths(last.first, -back)), now));
  }
  return months;
}

/** The month that runs at `now` in the organisation's zone. */
export async function runningMonth(sql: SqlClient, now: number): Promise<Month> {
  return monthFrom(monthOf(civilDayAt(now, await organizationZone(sql))));
}

/** What was accepted counts as it was accepted; the rest is compared with the ledger as it is. */
async function readGap(sql: SqlClient, viewer: Viewer, month: string) {
  const ofMonth = (await readInvoices(sql)).filter((invoice) => invoice.month === month);
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
