import { factsOf, readBudgetBook, readBudgetSpend } from "#lib/budget-control/budget-facts.ts";
import { rememberedForecast } from "#lib/budget-control/forecast-memory.ts";
import { completeDays } from "#lib/budgets/forecast-spend.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { Forecast } from "#lib/forecast/forecast-series.ts";
import { issuedOf } from "#lib/forecast/issued-forecast.ts";
import { movedTo, reconcile } from "#lib/forecast/reconcile.ts";
import { weekdayProfile } from "#lib/forecast/run-rate.ts";
import { organizationZone } from "#lib/organization/organization-day.ts";
import { type SpendShares, sharesOf, withKnownEvents, withoutExcluded } from "./event-effects.ts";
import { type ForecastEvent, personsEvents, readEvents } from "./events.ts";
import { fitAndJudge, fitAsJudged } from "./fit-series.ts";
import { type StoredForecast, storeForecasts, thinOut } from "./forecast-store.ts";
import { isJudgedOn } from "./judging-day.ts";
import type { PriceOutlook } from "./price-changes.ts";
import { atTodaysPrices, withPricesToCome } from "./price-effects.ts";
import { readPriceOutlook, refreshPriceEvents } from "./price-events.ts";
import { readAllSeries, type Series } from "./read-series.ts";
import { readSpendCells } from "./read-spend-cells.ts";
import { BatchResults, type Known, readKnown } from "./refit-batch.ts";
import { type ForecastScope, scopeText } from "./scope.ts";
import { dateAfter, type SeriesCalendar, seriesCalendar } from "./series-calendar.ts";
import { unhurried } from "./unhurried.ts";

/** Ninety days, and to the end of any month or quarter. */
export const HORIZON = 92;
/** The models of each team are forecast to the end of any month. */
const PAIR_HORIZON = 31;
/** So many days issued forecasts are kept; the bands need half a year. */
const KEPT_DAYS = 400;
const KEPT_PAIR_DAYS = 200;
const BATCH = 250;

export type RefitResult = { readonly series: number; readonly fitMs: number; readonly day: string };

type Refit = {
  readonly sql: SqlClient;
  readonly calendar: SeriesCalendar;
  readonly events: readonly ForecastEvent[];
  readonly shares: SpendShares;
  readonly prices: PriceOutlook;
  readonly profile: readonly number[];
  readonly now: Date;
  /** How long fitting took, without the database. */
  fitMs: number;
};

/** A fitted series that waits for being added up. */
type Part = { readonly series: Series; readonly forecast: Forecast };

/**
 * Fits all series anew, keeps what it forecasts and how good past forecasts
 * were. Teams are made to add up to the organisation on every day; then known
 * events are put in.
 *
 * @param signal Ends it early, between two batches; what was kept stays.
 */
export async function refitForecasts(
  sql: SqlClient,
  now: Date,
  signal: AbortSignal,
): Promise<RefitResult> {
  const calendar = seriesCalendar(now.getTime(), await organizationZone(sql));
  const prices = await readPriceOutlook(sql, now.getTime());
  await refreshPriceEvents(sql, prices, now);
  const [all, events] = [await readAllSeries(sql, calendar), personsEvents(await readEvents(sql))];
  const whole = all.find(({ scope }) => scope.kind === "organization");
  const refit: Refit = {
    ...{ sql, calendar, events, prices, now },
    shares: sharesOf(events.length === 0 ? [] : await readSpendCells(sql, calendar)),
    profile: weekdayProfile((whole?.history ?? []).map((value) => value ?? 0)),
    fitMs: 0,
  };
  const parts: Part[] = [];
  for (let at = 0; at < all.length && !signal.aborted; at += BATCH) {
    parts.push(...(await fitBatch(refit, all.slice(at, at + BATCH))));
  }
  if (!signal.aborted) await storeAddedUp(refit, parts);
  const budgets = signal.aborted ? 0 : await refitBudgets(refit);
  if (!signal.aborted) await forgetOld(refit, all);
  return { series: all.length + budgets, fitMs: Math.round(refit.fitMs), day: calendar.today };
}

/** Fits and keeps some series; those that have to add up are handed back instead. */
async function fitBatch(refit: Refit, batch: readonly Series[]): Promise<Part[]> {
  const { sql, calendar } = refit;
  const scopes = batch.map(({ scope }) => scope);
  const known = await unhurried(readKnown(sql, scopes, calendar.today));
  const start = performance.now();
  const [parts, results] = [[] as Part[], new BatchResults(refit.now)];
  for (const series of batch) {
    const part = { series, forecast: fitOne(refit, series, known, results) };
    if (series.scope.kind === "organization" || series.scope.kind === "team") parts.push(part);
    else results.addForecast(issue(refit, part));
  }
  refit.fitMs += performance.now() - start;
  await unhurried(results.store(sql, calendar.today));
  return parts;
}

function fitOne(
  { calendar: { today }, events, prices, profile }: Refit,
  { scope, history: spent }: Series,
  { past, fits }: Known,
  results: BatchResults,
): Forecast {
  const name = scopeText(scope);
  const isPair = scope.kind === "team_model";
  const history = withoutExcluded(spent, scope, events, today);
  const repriced = prices.scopes.get(name);
  const options = {
    ...(repriced && { repriced: atTodaysPrices(history, repriced, today) }),
    ...{ profile, fit: fits.get(name), horizon: isPair ? PAIR_HORIZON : HORIZON },
  };
  if (isJudgedOn(scope, today)) {
    const judge = { ...options, today, mayReplay: !isPair };
    const judged = fitAndJudge(history, past.get(name) ?? [], judge);
    results.addJudged(name, judged);
    return judged.forecast;
  }
  const { forecast, fit } = fitAsJudged(history, options);
  results.addFit(name, fit);
  return forecast;
}

/** Teams that add up to the organisation, to the millionth of a dollar. */
async function storeAddedUp(refit: Refit, parts: readonly Part[]): Promise<void> {
  const whole = parts.find(({ series }) => series.scope.kind === "organization");
  const teams = parts.filter(({ series }) => series.scope.kind === "team");
  if (whole === undefined) return;
  const { total, parts: moved } = reconcile(
    whole.forecast,
    teams.map(({ series, forecast }) => ({ forecast, today: series.today })),
  );
  const planned = teams.map(({ series }, index) => {
    const forecast = moved[index] ?? whole.forecast;
    const changed = asPlanned(refit, series.scope, forecast);
    return { series, forecast: movedTo(changed, changed.point.map(roundToMicros)) };
  });
  // An event scales the organisation's bands as it does the teams'; the sum of the teams moves them.
  const widened = asPlanned(refit, whole.series.scope, total);
  const sums = widened.point.map((_, ahead) =>
    roundToMicros(planned.reduce((sum, { forecast }) => sum + (forecast.point[ahead] ?? 0), 0)),
  );
  const organization = { series: whole.series, forecast: movedTo(widened, sums) };
  await storeForecasts(
    refit.sql,
    [organization, ...planned].map(({ series, forecast }) => stored(refit, series.scope, forecast)),
  );
}

function roundToMicros(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function issue(refit: Refit, { series, forecast }: Part): StoredForecast {
  return stored(refit, series.scope, asPlanned(refit, series.scope, forecast));
}

/** With the prices that are known to come, then what people know. */
function asPlanned(
  { events, shares, calendar, prices }: Refit,
  scope: ForecastScope,
  forecast: Forecast,
): Forecast {
  const repriced = prices.scopes.get(scopeText(scope));
  const priced = withPricesToCome(forecast, repriced, calendar.today);
  return withKnownEvents(priced, scope, events, shares, calendar.today);
}

function stored(
  { calendar, now }: Refit,
  scope: ForecastScope,
  forecast: Forecast,
): StoredForecast {
  return {
    ...issuedOf(forecast),
    scope: scopeText(scope),
    day: calendar.today,
    issuedAt: now,
    origin: "issued",
  };
}

/** Budgets by their own days and units, with the forecast that their alerts go by. */
async function refitBudgets(refit: Refit): Promise<number> {
  const { sql, calendar, now, profile } = refit;
  const book = await readBudgetBook(sql, now.getTime());
  if (book.budgets.length === 0) return 0;
  const spend = await readBudgetSpend(sql, book, now.getTime());
  const scopes = book.budgets.map(({ id }): ForecastScope => ({ kind: "budget", id }));
  const { past, fits } = await readKnown(sql, scopes, calendar.today);
  const results = new BatchResults(now);
  const today = calendar.starts.at(-1) ?? now.getTime();
  const start = performance.now();
  for (const budget of book.budgets) {
    const scope = `budget:${budget.id}`;
    const { days } = factsOf(book, budget, spend.get(budget.id) ?? []);
    const history = completeDays(days, today, calendar.timeZone);
    const judged = fitAndJudge(history, past.get(scope) ?? [], {
      ...{ horizon: HORIZON, today: calendar.today, profile, mayReplay: true },
      fit: fits.get(scope),
    });
    results.addJudged(scope, judged);
    const forecast = rememberedForecast(history, HORIZON);
    results.addForecast(stored(refit, { kind: "budget", id: budget.id }, forecast));
  }
  refit.fitMs += performance.now() - start;
  await unhurried(results.store(sql, calendar.today));
  return book.budgets.length;
}

async function forgetOld(
  { sql, calendar: { today } }: Refit,
  all: readonly Series[],
): Promise<void> {
  await sql`delete from forecast where day < ${dateAfter(today, -KEPT_DAYS)}::text::date`;
  await sql`
    delete from forecast
     where day < ${dateAfter(today, -KEPT_PAIR_DAYS)}::text::date and scope like 'team:%/model:%'`;
  await sql`delete from forecast_accuracy where as_of < ${dateAfter(today, -60)}::text::date`;
  await sql`delete from forecast_fit where fitted_on < ${dateAfter(today, -60)}::text::date`;
  const pairs = all.flatMap(({ scope }) =>
    scope.kind === "team_model" && isJudgedOn(scope, today) ? [scopeText(scope)] : [],
  );
  for (let at = 0; at < pairs.length; at += BATCH) {
    await unhurried(thinOut(sql, pairs.slice(at, at + BATCH), today));
  }
}
