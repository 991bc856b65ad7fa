import { type LearnedWidths, learnWidths } from "#lib/forecast/day-bands.ts";
import { type Forecast, forecastWith, type History } from "#lib/forecast/forecast-series.ts";
import { impute } from "#lib/forecast/impute.ts";
import { type IssuedForecast, pastOf, replayIssued } from "#lib/forecast/issued-forecast.ts";
import type { PastForecast } from "#lib/forecast/past-forecast.ts";
import { MOST_DAYS } from "#lib/forecast/point-forecast.ts";
import { movedTo } from "#lib/forecast/reconcile.ts";
import { earlyEstimate } from "#lib/forecast/run-rate.ts";
import { SCORED_DAYS, type Score, scoreIssued } from "#lib/forecast/score-issued.ts";
import type { SeriesFit } from "./fit-store.ts";
import { dateAfter, daysBetween } from "./series-calendar.ts";

/** A kept forecast as far as fitting needs it. */
export type DatedForecast = IssuedForecast & { readonly day: string };

export type FittedSeries = {
  readonly forecast: Forecast;
  /** For the next night. */
  readonly fit: SeriesFit;
};

export type JudgedSeries = FittedSeries & {
  readonly score: Score;
  /** Those that were made up for weeks without any of this history; to be kept. */
  readonly replayed: readonly DatedForecast[];
};

export type FitOptions = {
  readonly horizon: number;
  /** What the organisation's next seven days spend against an average day. */
  readonly profile: readonly number[];
  /** What was learned of the series until now. */
  readonly fit: SeriesFit | undefined;
  /** The history at today's prices: what comes is fitted from it, what came is judged as it was. */
  readonly repriced?: History;
};

export type JudgeOptions = FitOptions & {
  /** The running day, which is the forecast's first. */
  readonly today: string;
  /** Whether forecasts of the past half year are made up where there are none of this history: takes 26 fits. */
  readonly mayReplay: boolean;
};

/** Forecasts one series with bands as wide as they were when it was judged last. */
export function fitAsJudged(history: History, options: FitOptions): FittedSeries {
  const widths = options.fit?.widths ?? null;
  const { forecast, start } = fitted(history, [], widths, options);
  return { forecast, fit: { start, widths } };
}

/**
 * Forecasts one series, with bands from its own kept forecasts' errors, and
 * judges these.
 *
 * @param stored Newest first, a week apart.
 */
export function fitAndJudge(
  history: History,
  stored: readonly DatedForecast[],
  options: JudgeOptions,
): JudgedSeries {
  const { horizon, today, mayReplay } = options;
  const kept = ofThisHistory(stored, history, today);
  const isWhole = stored.length > 0 && kept.length === stored.length;
  const weeks = new Set(kept.map(({ day }) => weeksAgo(day, today)));
  const replayed =
    isWhole || !mayReplay
      ? []
      : replayDated(history, horizon, today).filter(({ day }) => !weeks.has(weeksAgo(day, today)));
  const known = [...kept, ...replayed].sort((a, b) => (a.day < b.day ? 1 : -1));
  const past = pastForecasts(known, history, today);
  const widths = learnWidths(past, Math.min(history.length, MOST_DAYS));
  const { forecast, start } = fitted(history, past, widths, options);
  const score = scoreIssued(
    known.map((issued, index) => ({
      issued,
      actual: past[index]?.actual.slice(0, SCORED_DAYS) ?? [],
    })),
  );
  return { forecast, fit: { start, widths }, score, replayed };
}

function fitted(
  history: History,
  past: readonly PastForecast[],
  widths: LearnedWidths | null,
  { horizon, profile, fit, repriced }: FitOptions,
) {
  const { forecast, start } = forecastWith(repriced ?? history, horizon, {
    ...{ past, start: fit?.start ?? null },
    widths: widths ?? learnWidths([], Math.min(history.length, MOST_DAYS)),
  });
  const early = withEarlyEstimate(forecast, profile);
  // Kept with its history as it was spent, by which is told whether that has changed since.
  const spent = repriced === undefined ? early.history : impute(history).slice(-MOST_DAYS);
  return { forecast: { ...early, history: spent }, start };
}

/** Late telemetry moves a sum by less. */
const OTHER_HISTORY_SHARE = 0.05;

/**
 * The kept forecasts that were made from this history. What was made before an
 * import, a backfill or a re-pricing tells nothing of what is forecast now, and
 * is neither learned from nor judged.
 */
export function ofThisHistory(
  stored: readonly DatedForecast[],
  history: History,
  today: string,
): DatedForecast[] {
  const totals = [0];
  for (const value of impute(history)) totals.push((totals.at(-1) ?? 0) + value);
  return stored.filter(({ day, historyDays, historyTotal }) => {
    const days = Math.max(0, history.length - daysBetween(day, today));
    // It reached further back than what is looked at today.
    if (historyDays > days) return true;
    const total = totals[days] ?? 0;
    const most = Math.max(total, historyTotal);
    return Math.abs(total - historyTotal) <= OTHER_HISTORY_SHARE * most;
  });
}

/** By which week before today it is the forecast of; as they are kept, a week apart. */
function weeksAgo(day: string, today: string): number {
  return Math.floor((daysBetween(day, today) - 1) / 7);
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
