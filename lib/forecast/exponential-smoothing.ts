import { type Effort, minimise } from "./nelder-mead.ts";
import { seasonalIndices } from "./seasonal-indices.ts";
import { mean } from "./statistics.ts";
import { WEEK } from "./weekday-level.ts";

/** Smoothing weights; beta and damping are 0 for the model without trend. */
type Weights = {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly damping: number;
};

/** The unbounded parameters at the minimum of each model, from which a later fit may start. */
export type SmoothingStart = {
  readonly flat: readonly number[];
  readonly damped: readonly number[];
};

export type Smoothed = { readonly point: number[]; readonly start: SmoothingStart };

const COLD_START: SmoothingStart = { flat: [-1, -2.2], damped: [-1, -2.2, -2.5, 1] };
const COLD_FLAT: Effort = { step: 1, rounds: 120, tolerance: 1e-9 };
const COLD_DAMPED: Effort = { step: 1, rounds: 220, tolerance: 1e-9 };
const WARM: Effort = { step: 0.3, rounds: 30, tolerance: 1e-4 };

/**
 * Exponential smoothing with an additive week, ETS(A,N,A) or with a damped
 * trend ETS(A,Ad,A), whichever has the lower corrected AIC (Hyndman, Koehler,
 * Ord, Snyder: Forecasting with Exponential Smoothing, 2008). The weights
 * minimise the squared one-day errors.
 *
 * @param start What a fit of nearly the same history ended with: a search from
 *   there takes a fraction of the time.
 */
export function smooth(
  values: Float64Array,
  horizon: number,
  start: SmoothingStart | null = null,
): Smoothed {
  const n = values.length;
  const isSeasonal = n >= 2 * WEEK;
  const season = isSeasonal
    ? seasonalIndices(values.subarray(0, Math.max(2 * WEEK, Math.min(n, 4 * WEEK))))
    : new Float64Array(WEEK);
  const run = new SmoothingRun(values, season);
  const error = (at: readonly number[]) => run.squaredError(weightsOf(at, isSeasonal));
  const flat = minimise(error, (start ?? COLD_START).flat, start ? WARM : COLD_FLAT);
  const damped = minimise(error, (start ?? COLD_START).damped, start ? WARM : COLD_DAMPED);
  const seasonCount = isSeasonal ? WEEK : 0;
  const hasTrend =
    correctedAic(damped.value, n, 5 + seasonCount) < correctedAic(flat.value, n, 3 + seasonCount);
  const weights = weightsOf((hasTrend ? damped : flat).at, isSeasonal);
  run.squaredError(weights);
  return { point: run.ahead(horizon, weights), start: { flat: flat.at, damped: damped.at } };
}

function weightsOf(at: readonly number[], isSeasonal: boolean): Weights {
  const [a = 0, g = 0, b, d] = at;
  const alpha = logistic(a);
  return {
    alpha,
    gamma: isSeasonal ? logistic(g) * (1 - alpha) : 0,
    beta: b === undefined ? 0 : logistic(b) * alpha,
    damping: d === undefined ? 0 : 0.8 + 0.18 * logistic(d),
  };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function correctedAic(squaredError: number, n: number, parameters: number): number {
  const correction = (2 * parameters * (parameters + 1)) / Math.max(1, n - parameters - 1);
  return n * Math.log(Math.max(squaredError / n, 1e-12)) + 2 * parameters + correction;
}

/** The recursion over one history, run some hundred times by the search; it reuses its memory. */
class SmoothingRun {
  readonly #values: Float64Array;
  readonly #firstSeason: Float64Array;
  readonly #firstLevel: number;
  readonly #season: Float64Array;
  #level = 0;
  #trend = 0;

  constructor(values: Float64Array, season: Float64Array) {
    this.#values = values;
    this.#firstSeason = season;
    this.#season = new Float64Array(WEEK);
    const firstWeek = values.subarray(0, WEEK);
    this.#firstLevel = mean(firstWeek.map((value, day) => value - (season[day] ?? 0)));
  }

  /** Sum of the squared one-day errors; leaves the state after the last day. */
  squaredError({ alpha, beta, gamma, damping }: Weights): number {
    const values = this.#values;
    const season = this.#season;
    season.set(this.#firstSeason);
    let level = this.#firstLevel;
    let trend = 0;
    let total = 0;
    let phase = 0;
    for (let day = 0; day < values.length; day++) {
      const step = damping * trend;
      const index = season[phase] ?? 0;
      const error = (values[day] ?? 0) - (level + step + index);
      total += error * error;
      level = level + step + alpha * error;
      trend = step + beta * error;
      season[phase] = index + gamma * error;
      phase = phase === WEEK - 1 ? 0 : phase + 1;
    }
    this.#level = level;
    this.#trend = trend;
    return total;
  }

  ahead(horizon: number, { damping }: Weights): number[] {
    let reach = 0;
    return Array.from({ length: horizon }, (_, ahead) => {
      reach += damping ** (ahead + 1);
      const index = this.#season[(this.#values.length + ahead) % WEEK] ?? 0;
      return this.#level + reach * this.#trend + index;
    });
  }
}
