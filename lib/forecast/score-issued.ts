import { type Accuracy, accuracyOf, type ScoredForecast } from "./accuracy.ts";
import { type BandLevel, type PerBand, perBand } from "./band-levels.ts";
import type { IssuedForecast } from "./issued-forecast.ts";
import { mean, sum } from "./statistics.ts";

/** How far ahead forecasts are judged. */
export const SCORED_DAYS = 30;

/** A kept forecast and what its days came to; complete days only, null where unknown. */
export type Outcome = {
  readonly issued: Pick<IssuedForecast, "point" | "bands" | "naive">;
  readonly actual: readonly (number | null)[];
};

/** How good past forecasts of one series were. Shares as fractions; null where there is nothing to say. */
export type Score = Accuracy & {
  /** Forecast days that are over and known. */
  readonly days: number;
  /** Sum of absolute errors over the sum of spend. */
  readonly wape: number | null;
  readonly naiveWape: number | null;
  /** What was forecast too much (above 0) or too little, over the sum of spend. */
  readonly bias: number | null;
  readonly naiveBias: number | null;
  readonly held: PerBand<number | null>;
};

/** @param outcomes Forecasts a week apart, newest first; the last 26 make half a year. */
export function scoreIssued(outcomes: readonly Outcome[]): Score {
  const scored = outcomes.map(scoredForecast);
  const days = outcomes.flatMap(daysOf);
  const spend = sum(days.map(({ actual }) => actual));
  const share = (errors: readonly number[]) => (spend > 0 ? sum(errors) / spend : null);
  return {
    ...accuracyOf(scored),
    days: days.length,
    wape: share(days.map(({ actual, expected }) => Math.abs(actual - expected))),
    naiveWape: share(days.map(({ actual, naive }) => Math.abs(actual - naive))),
    bias: share(days.map(({ actual, expected }) => expected - actual)),
    naiveBias: share(days.map(({ actual, naive }) => naive - actual)),
    held: perBand((level) =>
      days.length === 0 ? null : mean(days.map((day) => Number(day.isHeld(level)))),
    ),
  };
}

function scoredForecast({ issued, actual }: Outcome): ScoredForecast {
  const cut = <T>(values: readonly T[]) => values.slice(0, SCORED_DAYS);
  const { low, high } = issued.bands[80];
  const point = cut(issued.point);
  return {
    point,
    low80: cut(low),
    high80: cut(high),
    naive: point.map((_, ahead) => naiveAt(issued, ahead)),
    actual: cut(actual),
  };
}

function daysOf({ issued, actual }: Outcome) {
  return actual.slice(0, SCORED_DAYS).flatMap((value, ahead) => {
    const expected = issued.point[ahead];
    if (value === null || expected === undefined) return [];
    const isHeld = (level: BandLevel) => {
      const { low, high } = issued.bands[level];
      return value >= (low[ahead] ?? 0) && value <= (high[ahead] ?? 0);
    };
    return [{ actual: value, expected, naive: naiveAt(issued, ahead), isHeld }];
  });
}

function naiveAt({ naive }: Outcome["issued"], ahead: number): number {
  return naive[ahead % Math.max(1, naive.length)] ?? 0;
}
