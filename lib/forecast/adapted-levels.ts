import { type BandLevel, type PerBand, perBand } from "./band-levels.ts";
import type { PastForecast } from "./past-forecast.ts";
import { mean } from "./statistics.ts";
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
    const held = past.map((each) => heldBy(each, level)).filter((days) => days.length > 0);
    const target = level / 100;
    if (held.length === 0) return target;
    const [least, most] = BOUNDS[level];
    const moved = target + STEP * WEEK * held.length * (target - mean(held.flat()));
    return Math.min(most, Math.max(least, moved));
  });
}

/** For each day that is over, known and has a band: 1 inside, 0 outside. */
function heldBy({ bands, actual }: PastForecast, level: BandLevel): number[] {
  return actual.flatMap((value, ahead) => {
    const [low, high] = [bands?.[level].low[ahead], bands?.[level].high[ahead]];
    if (value === null || low === undefined || high === undefined) return [];
    return [value >= low && value <= high ? 1 : 0];
  });
}
