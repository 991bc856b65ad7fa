import type { Bounds, PerBand } from "./band-levels.ts";
import { bandsAround, learnWidths } from "./day-bands.ts";
import { errorScale } from "./error-scale.ts";
import type { SmoothingStart } from "./exponential-smoothing.ts";
import type { Forecast, History } from "./forecast-series.ts";
import { impute } from "./impute.ts";
import { EARLY_DAYS, type Maturity, maturityOf } from "./maturity.ts";
import { originsOf, type PastForecast } from "./past-forecast.ts";
import { MOST_DAYS, pointForecast } from "./point-forecast.ts";
import { sum } from "./statistics.ts";
import { seasonalNaive, WEEK } from "./weekday-level.ts";

/** A forecast as it is kept: what was promised, and the yardstick beside it. */
export type IssuedForecast = {
  readonly maturity: Maturity;
  /** Days of history, and their sum. */
  readonly historyDays: number;
  readonly historyTotal: number;
  readonly scale: number;
  readonly point: readonly number[];
  readonly bands: PerBand<Bounds>;
  /** What repeating the last week says of the next seven days. */
  readonly naive: readonly number[];
};

/** A forecast that a series would have had; `origin` is the place of its first day in the history. */
export type ReplayedForecast = IssuedForecast & { readonly origin: number };

/** A forecast in the form in which it is kept. */
export function issuedOf(forecast: Forecast): IssuedForecast {
  const { maturity, history, scale, point, bands } = forecast;
  return {
    ...{ maturity, scale, point, bands },
    historyDays: history.length,
    historyTotal: sum(history),
    naive: history.length === 0 ? Array(WEEK).fill(0) : seasonalNaive(history, WEEK),
  };
}

/**
 * The forecasts that a series would have had every week of the past half year,
 * each with the bands that it would have had then: made from the days before it
 * alone, oldest first; none from fewer days than a forecast takes. For a series without stored forecasts of its own.
 */
export function replayIssued(history: History, horizon: number): ReplayedForecast[] {
  const values = impute(history);
  const replayed: ReplayedForecast[] = [];
  let start: SmoothingStart | null = null;
  for (const origin of originsOf(values.length, EARLY_DAYS)) {
    const known = values.slice(Math.max(0, origin - MOST_DAYS), origin);
    const fit = pointForecast(known, horizon, start);
    start = fit.start;
    const scale = errorScale(known);
    const past = replayed.toReversed().map((each) => pastOf(each, history, each.origin, origin));
    replayed.push({
      origin,
      maturity: maturityOf(known.length),
      historyDays: known.length,
      historyTotal: sum(known),
      scale,
      point: fit.point,
      bands: bandsAround(fit.point, scale, learnWidths(past, known.length)),
      naive: seasonalNaive(known, WEEK),
    });
  }
  return replayed;
}

/**
 * A kept forecast with what came of it: what the next bands are learned from.
 *
 * @param origin The place of the forecast's first day in the history.
 * @param end The first day that is not known yet.
 */
export function pastOf(
  { scale, point, bands }: Pick<IssuedForecast, "scale" | "point" | "bands">,
  history: History,
  origin: number,
  end: number = history.length,
): PastForecast {
  // Days before the series began are days without spend.
  const actual = Array.from(
    { length: Math.max(0, Math.min(point.length, end - origin)) },
    (_, ahead) => (origin + ahead < 0 ? 0 : (history[origin + ahead] ?? null)),
  );
  return { scale, point, actual, bands };
}
