import { type BandLevel, type PerBand, perBand } from "./band-levels.ts";
import type { PastForecast } from "./past-forecast.ts";
import { WEEK } from "./weekday-level.ts";

/** How far one day outside moves the level of a band that is meant to hold it (adaptive conformal inference; Gibbs and Candès, NeurIPS 2021). */
const STEP = 0.03;
/** Half-way to certainty or to the next band at most, so that bands stay inside each other. */
const BOUNDS: PerBand<readonly [number, number]> = {
  50: [0.35, 0.65],
  80: [0.65, 0.875],
  95: [0.875, 0.975],
};

/**
 * The shares of past errors, as fractions, that each band must reach to hold
 * what it promises: more than its own share where its last half year held too
 * little, as under steady growth, and less where it held too much.
 *
 * @param past A week apart; those without bands tell nothing.
 */
export function adaptedLevels(past: readonly PastForecast[]): PerBand {
  return perBand((level) => {
    const { forecasts, days, inside } = countHeld(past, level);
    const target = level / 100;
    if (days === 0) return target;
    const [least, most] = BOUNDS[level];
    const moved = target + STEP * WEEK * forecasts * (target - inside / days);
    return Math.min(most, Math.max(least, moved));
  });
}

/** Of all forecasts; counted without lists of days, since every series of every night passes here. */
function countHeld(past: readonly PastForecast[], level: BandLevel) {
  const held = { forecasts: 0, days: 0, inside: 0 };
  for (const each of past) {
    const before = held.days;
    countDays(each, level, held);
    if (held.days > before) held.forecasts += 1;
  }
  return held;
}

/** Adds the days that are over, known and have a band, and those inside it. */
function countDays(
  { bands, actual }: PastForecast,
  level: BandLevel,
  held: { days: number; inside: number },
): void {
  if (bands === undefined) return;
  const { low, high } = bands[level];
  const judged = Math.min(actual.length, low.length, high.length);
  for (let ahead = 0; ahead < judged; ahead += 1) {
    const value = actual[ahead] ?? null;
    if (value === null) continue;
    held.days += 1;
    if (value >= (low[ahead] ?? 0) && value <= (high[ahead] ?? 0)) held.inside += 1;
  }
}
