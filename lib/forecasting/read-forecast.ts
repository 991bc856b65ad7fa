import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { PerBand } from "#lib/forecast/band-levels.ts";
import { type Forecast, forecastSeries, type History } from "#lib/forecast/forecast-series.ts";
import type { Maturity } from "#lib/forecast/maturity.ts";
import { weekdayProfile } from "#lib/forecast/run-rate.ts";
import { sum } from "#lib/forecast/statistics.ts";
import type { Usd } from "#lib/money/money.ts";
import { organizationZone } from "#lib/organization/organization-day.ts";
import { because } from "#lib/refusals/reason.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { localDay, nextUnitStart, unitStart } from "#lib/time/calendar.ts";
import { budgetOutlook } from "./budget-outlook.ts";
import { sharesOf, withKnownEvents, withoutExcluded } from "./event-effects.ts";
import { personsEvents, readEvents } from "./events.ts";
import { ofThisHistory, pastForecasts, withEarlyEstimate } from "./fit-series.ts";
import { readNewest, readPast, type StoredForecast } from "./forecast-store.ts";
import { type MonthEnd, monthEndOf, type RunRateToEnd, runRateToEnd } from "./month-end.ts";
import { atTodaysPrices, withPricesToCome } from "./price-effects.ts";
import { readPriceOutlook } from "./price-events.ts";
import { readOneSeries } from "./read-one-series.ts";
import { readSpendCells } from "./read-spend-cells.ts";
import { HORIZON } from "./refit.ts";
import { runningDayOfTeams } from "./running-day.ts";
import { type ForecastScope, requireScope, scopeText } from "./scope.ts";
import { dateAfter, daysBetween, type SeriesCalendar, seriesCalendar } from "./series-calendar.ts";

/** One day ahead, in the unit of the scope, as statistics have it: to the millionth. */
export type ForecastDay = {
  readonly date: string;
  readonly expected: number;
  readonly bands: PerBand<{ readonly low: number; readonly high: number }>;
};

/** A day that is over, or the running one; null: the feed was broken. Exact. */
export type SpentDay = { readonly date: string; readonly spent: Usd | null };

export type ScopeForecast = {
  readonly scope: ForecastScope;
  readonly timeZone: string;
  /** A currency's code; budgets may count in others, or in tokens. */
  readonly unit: string;
  readonly maturity: Maturity;
  readonly historyDays: number;
  /** stored: issued by the refit, added up with all others. live: of this moment, because history has changed since. */
  readonly basis: "stored" | "live";
  readonly issuedAt: Date | null;
  /** The days to today; of the last two months. */
  readonly spent: readonly SpentDay[];
  /** From the running day on; empty without enough data. */
  readonly days: readonly ForecastDay[];
  /** Null without enough data. */
  readonly monthEnd: MonthEnd | null;
  /** In place of a forecast, and labelled so; null without any spend, and where there is a forecast. */
  readonly runRate: RunRateToEnd | null;
  readonly unpricedCalls: number;
};

/** History whose sum has moved by more than this share since the forecast was issued is forecast anew. */
const STALE_SHARE = 0.005;
const SHOWN_DAYS = 61;

/**
 * Where spend of a scope is heading.
 *
 * @param horizon Days, the running one included; 1 to 92.
 * @throws {AppError} "not_found" for what is unknown or not the viewer's to see.
 */
export async function readForecast(
  sql: SqlClient,
  viewer: Viewer,
  scope: ForecastScope,
  horizon: number,
  now: number,
): Promise<ScopeForecast> {
  if (scope.kind === "budget") return budgetOutlook(sql, viewer, scope, horizon, now);
  requireScope(viewer, scope);
  return readOnly(sql, (tx) => forecastOf(tx, scope, horizon, now));
}

async function forecastOf(
  sql: SqlClient,
  scope: ForecastScope,
  horizon: number,
  now: number,
): Promise<ScopeForecast> {
  const name = scopeText(scope);
  const calendar = seriesCalendar(now, await organizationZone(sql));
  const { today, timeZone } = calendar;
  const [exact, events, newest, pasts] = await Promise.all([
    readOneSeries(sql, scope, calendar),
    readEvents(sql),
    readNewest(sql, name, today),
    readPast(sql, [name], today),
  ]);
  if (exact.history.length === 0) await requireKnown(sql, scope, exact.spent);
  const history = withoutExcluded(exact.history, scope, events, today);
  const past = pastForecasts(ofThisHistory(pasts.get(name) ?? [], history, today), history, today);
  const fresh = newest !== null && isFresh(newest, exact.history, today) ? newest : null;
  const forecast =
    fresh === null
      ? await liveForecast(sql, scope, calendar, history, past, now)
      : asForecast(fresh, today, past);
  const isEnough = forecast.maturity !== "none" && forecast.maturity !== "early";
  const isWhole = scope.kind === "organization" && fresh !== null;
  const month = {
    ...monthOf(exact.spent, calendar, now),
    todayAtLeast: isWhole ? await runningDayOfTeams(sql, calendar, fresh) : undefined,
  };
  return {
    scope,
    timeZone,
    unit: "USD",
    maturity: forecast.maturity,
    historyDays: exact.history.length,
    basis: fresh === null ? "live" : "stored",
    issuedAt: fresh?.issuedAt ?? null,
    spent: spentDays(exact.spent, calendar),
    days: isEnough ? daysOf(forecast, horizon, today) : [],
    monthEnd: isEnough ? monthEndOf(forecast, month) : null,
    runRate: isEnough ? null : runRateToEnd(history, month),
    unpricedCalls: exact.unpricedCalls,
  };
}

/** Of this moment: with prices to come and events, but not added up with the others. */
async function liveForecast(
  sql: SqlClient,
  scope: ForecastScope,
  calendar: SeriesCalendar,
  history: History,
  past: Forecast["past"],
  now: number,
): Promise<Forecast> {
  const { today } = calendar;
  const repriced = (await readPriceOutlook(sql, now)).scopes.get(scopeText(scope));
  const known = atTodaysPrices(history, repriced, today);
  const made = forecastSeries(known, HORIZON, past.length === 0 ? null : past);
  const early = withEarlyEstimate(made, weekdayProfile(made.history));
  const events = personsEvents(await readEvents(sql));
  const shares = sharesOf(events.length === 0 ? [] : await readSpendCells(sql, calendar));
  const priced = withPricesToCome(early, repriced, today);
  return withKnownEvents(priced, scope, events, shares, today);
}

function isFresh(
  stored: StoredForecast,
  history: readonly (number | null)[],
  today: string,
): boolean {
  const age = daysBetween(stored.day, today);
  const then = history.slice(0, history.length - age);
  if (Math.abs(then.length - stored.historyDays) > 1 && stored.historyDays < 364) return false;
  const total = sum(then.map((value) => value ?? 0));
  // Excluded and unknown days were filled when it was made; they hardly move a year's sum.
  const filled = then.some((value) => value === null) ? 0.05 : STALE_SHARE;
  return Math.abs(total - stored.historyTotal) <= filled * Math.max(total, stored.historyTotal);
}

/** A kept forecast seen from today: one of yesterday begins with its second day. */
function asForecast(stored: StoredForecast, today: string, past: Forecast["past"]): Forecast {
  const age = daysBetween(stored.day, today);
  const cut = (values: readonly number[]) => values.slice(age);
  const bounds = (level: 50 | 80 | 95) => ({
    low: cut(stored.bands[level].low),
    high: cut(stored.bands[level].high),
  });
  return {
    maturity: stored.maturity,
    history: Array<number>(stored.historyDays).fill(0),
    scale: stored.scale,
    point: cut(stored.point),
    bands: { 50: bounds(50), 80: bounds(80), 95: bounds(95) },
    past,
  };
}

function daysOf({ point, bands }: Forecast, horizon: number, today: string): ForecastDay[] {
  return point.slice(0, horizon).map((expected, ahead) => {
    const at = (level: 50 | 80 | 95) => ({
      low: bands[level].low[ahead] ?? expected,
      high: bands[level].high[ahead] ?? expected,
    });
    return {
      date: dateAfter(today, ahead),
      expected,
      bands: { 50: at(50), 80: at(80), 95: at(95) },
    };
  });
}

function spentDays(spent: readonly (Usd | null)[], { starts, timeZone }: SeriesCalendar) {
  return spent.slice(-SHOWN_DAYS).map((amount, index, shown) => ({
    date: localDay(starts[starts.length - shown.length + index] ?? 0, timeZone),
    spent: amount,
  }));
}

function monthOf(spent: readonly (Usd | null)[], calendar: SeriesCalendar, now: number) {
  const { starts, timeZone } = calendar;
  const start = unitStart(now, "month", timeZone);
  const end = nextUnitStart(now, "month", timeZone);
  let complete = 0n;
  for (const [place, day] of starts.entries()) {
    if (day >= start && place < starts.length - 1) complete += spent[place] ?? 0n;
  }
  const [from, to] = [localDay(start, timeZone), localDay(end, timeZone)];
  return {
    from,
    to,
    spent: complete as Usd,
    today: (spent.at(-1) ?? 0n) as Usd,
    daysLeft: daysBetween(calendar.today, to),
  };
}

/** @throws {AppError} "not_found" for a name that was never seen. */
async function requireKnown(
  sql: SqlClient,
  scope: ForecastScope,
  spent: readonly (Usd | null)[],
): Promise<void> {
  if (scope.kind === "organization" || (spent.at(-1) ?? 0n) !== 0n) return;
  const [row] = await sql<{ known: boolean }[]>`
    select case ${scope.kind}
      when 'team' then exists (select from team where slug = ${"team" in scope ? scope.team : ""})
      when 'model' then exists (select from dimension_set where model = ${"model" in scope ? scope.model : ""})
      when 'agent' then exists (select from dimension_set where agent = ${"agent" in scope ? scope.agent : ""})
      else exists (select from dimension_set
                    where team = ${"team" in scope ? scope.team : ""}
                      and model = ${"model" in scope ? scope.model : ""}) end as known`;
  if (row?.known !== true) throw new AppError(because("no_scope"), { code: "not_found" });
}
