import { type Forecast, forecastSeries, type History } from "#lib/forecast/forecast-series.ts";
import { type IssuedForecast, pastOf, replayIssued } from "#lib/forecast/issued-forecast.ts";
import type { PastForecast } from "#lib/forecast/past-forecast.ts";
import { movedTo } from "#lib/forecast/reconcile.ts";
import { earlyEstimate } from "#lib/forecast/run-rate.ts";
import { SCORED_DAYS, type Score, scoreIssued } from "#lib/forecast/score-issued.ts";
import { dateAfter, daysBetween } from "./series-calendar.ts";

/** A kept forecast as far as fitting needs it. */
export type DatedForecast = IssuedForecast & { readonly day: string };

export type FittedSeries = {
  readonly forecast: Forecast;
  readonly score: Score;
  /** Those that were made up for a series without any of its own; to be kept. */
  readonly replayed: readonly DatedForecast[];
};

export type FitOptions = {
  readonly horizon: number;
  /** The running day, which is the forecast's first. */
  readonly today: string;
  /** What the organisation's next seven days spend against an average day. */
  readonly profile: readonly number[];
  /** Whether forecasts of the past half year are made up where none are kept: takes 26 fits. */
  readonly mayReplay: boolean;
};

/**
 * Forecasts one series, with bands from its own kept forecasts' errors, and
 * judges these.
 *
 * @param stored Newest first, a week apart.
 */
export function fitSeries(
  history: History,
  stored: readonly DatedForecast[],
  { horizon, today, profile, mayReplay }: FitOptions,
): FittedSeries {
  const replayed = stored.length === 0 && mayReplay ? replayDated(history, horizon, today) : [];
  const known = stored.length > 0 ? stored : replayed.toReversed();
  const past = pastForecasts(known, history, today);
  const fitted = forecastSeries(history, horizon, past);
  const score = scoreIssued(
    known.map((issued, index) => ({
      issued,
      actual: past[index]?.actual.slice(0, SCORED_DAYS) ?? [],
    })),
  );
  return { forecast: withEarlyEstimate(fitted, profile), score, replayed };
}

/** Kept forecasts with what came of them. */
export function pastForecasts(
  stored: readonly DatedForecast[],
  history: History,
  today: string,
): PastForecast[] {
  return stored.map((each) => pastOf(each, history, history.length - daysBetween(each.day, today)));
}

/** Under two weeks of history, the level spread over the week as the organisation's is. */
export function withEarlyEstimate(forecast: Forecast, profile: readonly number[]): Forecast {
  if (forecast.maturity !== "early") return forecast;
  return movedTo(forecast, earlyEstimate(forecast.history, forecast.point.length, profile));
}

function replayDated(history: History, horizon: number, today: string): DatedForecast[] {
  return replayIssued(history, horizon).map(({ origin, ...issued }) => ({
    ...issued,
    day: dateAfter(today, origin - history.length),
  }));
}
