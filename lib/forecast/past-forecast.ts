import type { Bounds, PerBand } from "./band-levels.ts";
import { bandsAround, learnWidths } from "./day-bands.ts";
import { errorScale } from "./error-scale.ts";
import type { SmoothingStart } from "./exponential-smoothing.ts";
import { MOST_DAYS, pointForecast } from "./point-forecast.ts";
import { WEEK } from "./weekday-level.ts";

/** A forecast as it was made, with what came of it so far: what bands are learned from. */
export type PastForecast = {
  /** {@link errorScale} of the history that it was made from. */
  readonly scale: number;
  readonly point: readonly number[];
  /** Actual spend of the same days, as far as it is complete; null where it is unknown. */
  readonly actual: readonly (number | null)[];
  /** As it was promised; absent where only the errors are known. */
  readonly bands?: PerBand<Bounds>;
};

/** Half a year of weekly forecasts. */
const MOST_FORECASTS = 26;
const SHORTEST_HISTORY = 28;

/**
 * Makes the forecasts that a series would have had every week of the past half
 * year, each from the days before it alone (rolling origin), newest first. For
 * series that have no stored forecasts yet: an import, a first start.
 */
export function replayForecasts(values: readonly number[], horizon: number): PastForecast[] {
  const replayed: (PastForecast & { readonly origin: number })[] = [];
  let start: SmoothingStart | null = null;
  for (const origin of originsOf(values.length, SHORTEST_HISTORY)) {
    const history = values.slice(Math.max(0, origin - MOST_DAYS), origin);
    const ahead = Math.min(horizon, values.length - origin);
    // Fitted in the order of time, each from the parameters of the week before.
    const fit = pointForecast(history, ahead, start);
    start = fit.start;
    const scale = errorScale(history);
    const known = replayed.map((past) => knownOn(origin, past));
    replayed.push({
      ...{ origin, scale, point: fit.point },
      actual: values.slice(origin, origin + ahead),
      bands: bandsAround(fit.point, scale, learnWidths(known, history.length)),
    });
  }
  return replayed.reverse();
}

/** A forecast with what had come of it by a day. */
function knownOn(
  day: number,
  { origin, ...past }: PastForecast & { readonly origin: number },
): PastForecast {
  return { ...past, actual: past.actual.slice(0, day - origin) };
}

/** First days of the forecasts, oldest first, each after so many days of history at least. */
export function originsOf(days: number, shortest: number): number[] {
  const origins: number[] = [];
  for (let at = days - 1; at >= shortest && origins.length < MOST_FORECASTS; at -= WEEK) {
    origins.unshift(at);
  }
  return origins;
}
