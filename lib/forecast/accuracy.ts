import { mean, median, sum } from "./statistics.ts";

/** A stored forecast with its 80 % band, the yardstick beside it, and what came of it. */
export type ScoredForecast = {
  readonly point: readonly number[];
  readonly low80: readonly number[];
  readonly high80: readonly number[];
  /** What repeating the last week would have said. */
  readonly naive: readonly number[];
  /** Complete days only; null where the spend is unknown. */
  readonly actual: readonly (number | null)[];
};

/** How well past forecasts of one series did: shown beside the next one. */
export type Accuracy = {
  /** Forecasts of which two weeks or more are over, and all that is over is known. */
  readonly forecasts: number;
  /** Median error of their totals to date as a share of the actual total; null without any. */
  readonly totalError: number | null;
  readonly naiveTotalError: number | null;
  /** Share of days inside the 80 % band; null without any. */
  readonly heldShare: number | null;
  /** Too few forecasts to be shown. */
  readonly isTooFew: boolean;
  /** Whether repeating the last week did better over the last twelve forecasts. */
  readonly isNaiveBetter: boolean;
};

const FEWEST_SHOWN = 8;
const COMPARED = 12;
/** Sooner the sum of a forecast says little of how good it is. */
const JUDGED_FROM_DAYS = 14;

/** @param stored Weekly forecasts, newest first; the last 26 make half a year. */
export function accuracyOf(stored: readonly ScoredForecast[]): Accuracy {
  const over = stored.filter(isJudged);
  const days = stored.flatMap((forecast) => heldDays(forecast));
  const compared = over.slice(0, COMPARED);
  const error = (name: "point" | "naive") => mean(compared.map((one) => meanError(one, name)));
  return {
    forecasts: over.length,
    totalError: medianOrNull(over.flatMap((one) => totalError(one, "point") ?? [])),
    naiveTotalError: medianOrNull(over.flatMap((one) => totalError(one, "naive") ?? [])),
    heldShare: days.length === 0 ? null : mean(days.map(Number)),
    isTooFew: over.length < FEWEST_SHOWN,
    isNaiveBetter: compared.length === COMPARED && error("naive") < error("point"),
  };
}

function isJudged({ point, actual }: ScoredForecast): boolean {
  const fewest = Math.min(point.length, JUDGED_FROM_DAYS);
  return actual.length >= fewest && actual.every((value) => value !== null);
}

function heldDays({ low80, high80, actual }: ScoredForecast): boolean[] {
  return actual.flatMap((value, ahead) => {
    const [low, high] = [low80[ahead], high80[ahead]];
    if (value === null || low === undefined || high === undefined) return [];
    return [value >= low && value <= high];
  });
}

function totalError(forecast: ScoredForecast, name: "point" | "naive"): number | null {
  const actual = sum(forecast.actual.map((value) => value ?? 0));
  const expected = sum(forecast[name].slice(0, forecast.actual.length));
  return actual > 0 ? Math.abs(expected - actual) / actual : null;
}

function meanError(forecast: ScoredForecast, name: "point" | "naive"): number {
  return mean(
    forecast.actual.map((value, ahead) => Math.abs((value ?? 0) - (forecast[name][ahead] ?? 0))),
  );
}

function medianOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : median(values);
}
