import { seasonalIndices } from "./seasonal-indices.ts";
import { mean, slope } from "./statistics.ts";
import { WEEK } from "./weekday-level.ts";

/**
 * The Theta method (Assimakopoulos and Nikolopoulos, International Journal of
 * Forecasting 16, 2000) on values without their weekday: simple exponential
 * smoothing plus half of the linear trend. Its drift is that of Hyndman and
 * Billah (2003).
 */
export function theta(values: Float64Array, horizon: number): number[] {
  const n = values.length;
  const season = n >= 2 * WEEK ? seasonalIndices(values) : new Float64Array(WEEK);
  const level = values.map((value, day) => value - (season[day % WEEK] ?? 0));
  const drift = slope(level);
  const { alpha, last } = simpleSmoothing(level);
  const lag = (1 - (1 - alpha) ** n) / alpha;
  return Array.from(
    { length: horizon },
    (_, ahead) => last + 0.5 * drift * (ahead + lag) + (season[(n + ahead) % WEEK] ?? 0),
  );
}

/** The weight with the least squared one-day error, from a grid, and the level it ends with. */
function simpleSmoothing(values: Float64Array): { alpha: number; last: number } {
  const first = mean(values.subarray(0, 5));
  let best = { alpha: 0, last: first, squaredError: Number.POSITIVE_INFINITY };
  for (let alpha = 0.02; alpha <= 0.981; alpha += 0.06) {
    let level = first;
    let squaredError = 0;
    for (let day = 0; day < values.length; day++) {
      const error = (values[day] ?? 0) - level;
      squaredError += error * error;
      level += alpha * error;
    }
    if (squaredError < best.squaredError) best = { alpha, last: level, squaredError };
  }
  return best;
}
