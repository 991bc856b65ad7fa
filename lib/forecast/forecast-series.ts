import type { Bounds, PerBand } from "./band-levels.ts";
import { bandsAround, type LearnedWidths, learnWidths } from "./day-bands.ts";
import { errorScale } from "./error-scale.ts";
import type { SmoothingStart } from "./exponential-smoothing.ts";
import { impute } from "./impute.ts";
import { type Maturity, maturityOf } from "./maturity.ts";
import { type PastForecast, replayForecasts } from "./past-forecast.ts";
import { MOST_DAYS, pointForecast } from "./point-forecast.ts";

/** Spend of complete days, oldest first; null where it is unknown, 0 where there was none. */
export type History = readonly (number | null)[];

/** Expected spend of the days after a history. All lists have one entry for each day ahead. */
export type Forecast = {
  readonly maturity: Maturity;
  /** What was fitted: at most a year, unknown days filled. */
  readonly history: readonly number[];
  /** The series' unit of error, which stored errors are divided by. */
  readonly scale: number;
  readonly point: readonly number[];
  readonly bands: PerBand<Bounds>;
  /** What the bands were learned from: the stored forecasts, or those replayed in their place. */
  readonly past: readonly PastForecast[];
};

/**
 * Forecasts daily spend with bands of 50, 80 and 95 %.
 *
 * The history ends with the last complete day: a running day looks like a drop
 * and spoils the fit (see period-end.ts).
 *
 * @param past Stored forecasts of this series and what came of them. Without
 *   them those of the past half year are replayed, which takes ten times as long.
 */
export function forecastSeries(
  history: History,
  horizon: number,
  past: readonly PastForecast[] | null = null,
): Forecast {
  const values = impute(history).slice(-MOST_DAYS);
  const learnedFrom = past ?? replayForecasts(values, horizon);
  const widths = learnWidths(learnedFrom, values.length);
  return forecastWith(history, horizon, { past: learnedFrom, widths, start: null }).forecast;
}

/** What is known of a series before it is fitted. */
export type Learned = {
  /** Goes with the forecast, for bands of sums. */
  readonly past: readonly PastForecast[];
  readonly widths: LearnedWidths;
  /** Of its last fit; null searches from scratch. */
  readonly start: SmoothingStart | null;
};

/** The same with what was learned before. */
export function forecastWith(
  history: History,
  horizon: number,
  { past, widths, start }: Learned,
): { readonly forecast: Forecast; readonly start: SmoothingStart | null } {
  const values = impute(history).slice(-MOST_DAYS);
  const scale = errorScale(values);
  const fit = pointForecast(values, horizon, start);
  const { point } = fit;
  const forecast = {
    ...{ maturity: maturityOf(values.length), history: values, scale, point, past },
    bands: bandsAround(point, scale, widths),
  };
  return { forecast, start: fit.start };
}
