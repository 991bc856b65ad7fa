import { type BandLevel, type PerBand, perBand } from "./band-levels.ts";
import { dayHalfWidths } from "./day-bands.ts";
import { errorScale } from "./error-scale.ts";
import { impute } from "./impute.ts";
import { type Maturity, maturityOf } from "./maturity.ts";
import { type PastForecast, replayForecasts } from "./past-forecast.ts";
import { MOST_DAYS, pointForecast } from "./point-forecast.ts";

/** Spend of complete days, oldest first; null where it is unknown, 0 where there was none. */
export type History = readonly (number | null)[];

export type Bounds = { readonly low: readonly number[]; readonly high: readonly number[] };

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
  const scale = errorScale(values);
  const { point } = pointForecast(values, horizon);
  const learnedFrom = past ?? replayForecasts(values, horizon);
  const widths = dayHalfWidths(learnedFrom, horizon, values.length);
  const boundsAt = (level: BandLevel): Bounds => ({
    low: point.map((value, ahead) => Math.max(0, value - (widths[ahead]?.[level] ?? 0) * scale)),
    high: point.map((value, ahead) => value + (widths[ahead]?.[level] ?? 0) * scale),
  });
  return {
    maturity: maturityOf(values.length),
    history: values,
    scale,
    point,
    bands: perBand(boundsAt),
    past: learnedFrom,
  };
}
