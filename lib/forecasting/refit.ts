import { factsOf, readBudgetBook, readBudgetSpend } from "#lib/budget-control/budget-facts.ts";
import { rememberedForecast } from "#lib/budget-control/forecast-memory.ts";
import { completeDays } from "#lib/budgets/forecast-spend.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { Forecast } from "#lib/forecast/forecast-series.ts";
import { issuedOf } from "#lib/forecast/issued-forecast.ts";
import { movedTo, reconcile } from "#lib/forecast/reconcile.ts";
import { weekdayProfile } from "#lib/forecast/run-rate.ts";
import type { Score } from "#lib/forecast/score-issued.ts";
import { organizationZone } from "#lib/organization/organization-day.ts";
import { type SpendShares, sharesOf, withKnownEvents, withoutExcluded } from "./event-effects.ts";
import { type ForecastEvent, personsEvents, readEvents } from "./events.ts";
import { fitSeries } from "./fit-series.ts";
import { readPast, type StoredForecast, storeForecasts, storeScores } from "./forecast-store.ts";
import { Pace } from "./pace.ts";
import type { PriceOutlook } from "./price-changes.ts";
import { atTodaysPrices, withPricesToCome } from "./price-effects.ts";
import { readPriceOutlook, refreshPriceEvents } from "./price-events.ts";
import { readAllSeries, type Series } from "./read-series.ts";
import { readSpendCells } from "./read-spend-cells.ts";
import { type ForecastScope, scopeText } from "./scope.ts";
import { dateAfter, type SeriesCalendar, seriesCalendar } from "./series-calendar.ts";

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
  readonly pace: Pace;
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
    pace: new Pace(),
  };
  const parts: Part[] = [];
  for (let at = 0; at < all.length && !signal.aborted; at += BATCH) {
    parts.push(...(await fitBatch(refit, all.slice(at, at + BATCH))));
  }
  if (!signal.aborted) await storeAddedUp(refit, parts);
  const budgets = signal.aborted ? 0 : await refitBudgets(refit);
  await forgetOld(sql, calendar.today);
  return { series: all.length + budgets, fitMs: refit.pace.workedMs, day: calendar.today };
}

/** Fits and keeps some series; those that have to add up are handed back instead. */
async function fitBatch(refit: Refit, batch: readonly Series[]): Promise<Part[]> {
  const { sql, calendar, events, profile, pace } = refit;
  const stored = await readPast(
    sql,
    batch.map(({ scope }) => scopeText(scope)),
    calendar.today,
  );
  const [parts, kept, scores]: [Part[], StoredForecast[], { scope: string; score: Score }[]] = [
    [],
    [],
    [],
  ];
  for (const series of batch) {
    await pace.rest();
    const name = scopeText(series.scope);
    const isPair = series.scope.kind === "team_model";
    const history = withoutExcluded(series.history, series.scope, events, calendar.today);
    const repriced = refit.prices.scopes.get(name);
    const { forecast, score, replayed } = fitSeries(history, stored.get(name) ?? [], {
      ...(repriced && { repriced: atTodaysPrices(history, repriced, calendar.today) }),
      ...{ today: calendar.today, profile, mayReplay: !isPair },
      horizon: isPair ? PAIR_HORIZON : HORIZON,
    });
    scores.push({ scope: name, score });
    for (const each of replayed) {
      kept.push({ ...each, scope: name, issuedAt: refit.now, origin: "replayed" });
    }
    const part = { series, forecast };
    if (series.scope.kind === "organization" || series.scope.kind === "team") parts.push(part);
    else kept.push(issue(refit, part));
  }
  await storeForecasts(sql, kept);
  await storeScores(sql, scores, calendar.today);
  return parts;
}

/** Teams that add up to the organisation, to the millionth of a dollar. */
async function storeAddedUp(refit: Refit, parts: readonly Part[]): Promise<void> {
  const whole = parts.find(({ series }) => series.scope.kind === "organization");
  const teams = parts.filter(({ series }) => series.scope.kind === "team");
  if (whole === undefined) return;
  await refit.pace.rest();
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
    [organization, ...planned].map((part) => stored(refit, part)),
  );
}

function roundToMicros(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function issue(refit: Refit, { series, forecast }: Part): StoredForecast {
  return stored(refit, { series, forecast: asPlanned(refit, series.scope, forecast) });
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

function stored({ calendar, now }: Refit, { series, forecast }: Part): StoredForecast {
  return {
    ...issuedOf(forecast),
    scope: scopeText(series.scope),
    day: calendar.today,
    issuedAt: now,
    origin: "issued",
  };
}

/** Budgets by their own days and units, with the forecast that their alerts go by. */
async function refitBudgets({ sql, calendar, now, pace, profile }: Refit): Promise<number> {
  const book = await readBudgetBook(sql, now.getTime());
  if (book.budgets.length === 0) return 0;
  const spend = await readBudgetSpend(sql, book, now.getTime());
  const names = book.budgets.map(({ id }) => `budget:${id}`);
  const past = await readPast(sql, names, calendar.today);
  const [kept, scores]: [StoredForecast[], { scope: string; score: Score }[]] = [[], []];
  const today = calendar.starts.at(-1) ?? now.getTime();
  for (const budget of book.budgets) {
    await pace.rest();
    const scope = `budget:${budget.id}`;
    const { days } = factsOf(book, budget, spend.get(budget.id) ?? []);
    const history = completeDays(days, today, calendar.timeZone);
    const { score, replayed } = fitSeries(history, past.get(scope) ?? [], {
      ...{ horizon: HORIZON, today: calendar.today, profile, mayReplay: true },
    });
    scores.push({ scope, score });
    const of = { scope, issuedAt: now };
    for (const each of replayed) kept.push({ ...each, ...of, origin: "replayed" });
    const forecast = rememberedForecast(history, HORIZON);
    kept.push({ ...issuedOf(forecast), ...of, day: calendar.today, origin: "issued" });
  }
  await storeForecasts(sql, kept);
  await storeScores(sql, scores, calendar.today);
  return book.budgets.length;
}

async function forgetOld(sql: SqlClient, today: string): Promise<void> {
  await sql`delete from forecast where day < ${dateAfter(today, -KEPT_DAYS)}::text::date`;
  await sql`
    delete from forecast
     where day < ${dateAfter(today, -KEPT_PAIR_DAYS)}::text::date and scope like 'team:%/model:%'`;
  await sql`delete from forecast_accuracy where as_of < ${dateAfter(today, -60)}::text::date`;
}
