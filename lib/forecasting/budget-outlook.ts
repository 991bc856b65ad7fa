import type { Viewer } from "#lib/access/viewer.ts";
import { maySee } from "#lib/budget-control/budget-access.ts";
import {
  type BudgetBook,
  factsOf,
  readBudgetBook,
  readBudgetSpend,
} from "#lib/budget-control/budget-facts.ts";
import { rememberedForecast } from "#lib/budget-control/forecast-memory.ts";
import type { Budget } from "#lib/budgets/budget.ts";
import { completeDays } from "#lib/budgets/forecast-spend.ts";
import { type BudgetStatus, statusOf } from "#lib/budgets/status.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { perBand } from "#lib/forecast/band-levels.ts";
import { periodEnd } from "#lib/forecast/period-end.ts";
import { floatOf, usdOf } from "#lib/money/float-usd.ts";
import type { Usd } from "#lib/money/money.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { localDay } from "#lib/time/calendar.ts";
import type { ScopeForecast } from "./read-forecast.ts";
import type { ForecastScope } from "./scope.ts";
import { dateAfter, daysBetween, seriesCalendar } from "./series-calendar.ts";

const SHOWN_DAYS = 61;

/**
 * Where a budget's spend is heading, in its own unit and period: by the same
 * forecast as its status and its alerts.
 *
 * @throws {AppError} "not_found", also for a budget that the viewer may not see.
 */
export async function budgetOutlook(
  sql: SqlClient,
  viewer: Viewer,
  scope: Extract<ForecastScope, { kind: "budget" }>,
  horizon: number,
  now: number,
): Promise<ScopeForecast> {
  return readOnly(sql, async (tx) => {
    const book = await readBudgetBook(tx, now);
    const budget = book.budgets.find((each) => each.id === scope.id);
    if (budget === undefined || !maySee(viewer, budget)) {
      throw new AppError("There is no such budget", { code: "not_found" });
    }
    const spend = await readBudgetSpend(tx, { ...book, budgets: [budget] }, now);
    const facts = factsOf(book, budget, spend.get(budget.id) ?? []);
    return { scope, ...outlookOf(book, budget, facts, horizon, now) };
  });
}

function outlookOf(
  book: BudgetBook,
  budget: Budget,
  facts: ReturnType<typeof factsOf>,
  horizon: number,
  now: number,
): Omit<ScopeForecast, "scope"> {
  const { timeZone } = book;
  const { starts, today } = seriesCalendar(now, timeZone);
  const running = starts.at(-1) ?? now;
  const history = completeDays(facts.days, running, timeZone);
  const status = statusOf(facts, now, rememberedForecast);
  const period = {
    from: localDay(status.period.start, timeZone),
    to: localDay(status.period.end, timeZone),
  };
  const daysLeft = daysBetween(today, period.to);
  const forecast = rememberedForecast(history, Math.max(horizon, daysLeft));
  const spentOn = new Map(facts.days.map(({ day, spent }) => [day, spent as bigint as Usd]));
  const spentToday = spentOn.get(running) ?? (0n as Usd);
  const isEnough = status.forecast !== null;
  const shown = starts.slice(-SHOWN_DAYS);
  const burn = status.burnRate as bigint as Usd;
  return {
    timeZone,
    unit: budget.unit,
    maturity: status.maturity,
    historyDays: history.length,
    basis: "live",
    issuedAt: null,
    unpricedCalls: status.unpricedCalls,
    spent: shown.map((day) => ({
      date: localDay(day, timeZone),
      spent: spentOn.get(day) ?? (0n as Usd),
    })),
    days: isEnough
      ? forecast.point.slice(0, horizon).map((expected, ahead) => ({
          date: dateAfter(today, ahead),
          expected,
          bands: perBand((level) => ({
            low: forecast.bands[level].low[ahead] ?? expected,
            high: forecast.bands[level].high[ahead] ?? expected,
          })),
        }))
      : [],
    monthEnd: monthEnd(status, period, forecast, daysLeft, floatOf(spentToday)),
    runRate:
      isEnough || history.length === 0
        ? null
        : {
            perDay: burn,
            monthEnd: ((status.spent as bigint) + BigInt(Math.max(0, daysLeft - 1)) * burn) as Usd,
            days: history.length,
          },
  };
}

function monthEnd(
  { forecast: made, spent }: BudgetStatus,
  period: { readonly from: string; readonly to: string },
  forecast: ReturnType<typeof rememberedForecast>,
  daysLeft: number,
  today: number,
): ScopeForecast["monthEnd"] {
  if (made === null) return null;
  // 80 % as the budget's status has it; the others from the same errors.
  const complete = ((spent as bigint) - BigInt(Math.round(today * 1e6)) * 10n ** 12n) as Usd;
  const end = periodEnd(forecast, { spent: 0, today, daysLeft });
  const plus = (value: number) => ((complete as bigint) + usdOf(value)) as Usd;
  return {
    ...period,
    spent: spent as bigint as Usd,
    expected: made.p50 as bigint as Usd,
    bands: perBand((level) =>
      level === 80
        ? { low: made.p10 as bigint as Usd, high: made.p90 as bigint as Usd }
        : { low: plus(end.bands[level].low), high: plus(end.bands[level].high) },
    ),
  };
}
