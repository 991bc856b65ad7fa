import { usdOf } from "#lib/money/float-usd.ts";
import { sumUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { type Bounds, perBand } from "./band-levels.ts";
import type { Forecast } from "./forecast-series.ts";
import { sum } from "./statistics.ts";

/** A team's forecast, and what its running day has spent already. */
export type Part = { readonly forecast: Forecast; readonly today?: number };

export type Reconciled = { readonly total: Forecast; readonly parts: readonly Forecast[] };

/**
 * Makes the forecasts of all teams add up to the organisation's on every day.
 * Each is moved in proportion to the variance of its errors, the total as well:
 * the least-squares reconciliation with a diagonal error matrix (Wickramasuriya,
 * Athanasopoulos, Hyndman: Journal of the American Statistical Association 114,
 * 2019). What is known best moves least; nothing falls below zero, nor the
 * running day below what it has spent. Bands keep their width.
 *
 * @param parts Disjoint, and together the whole: unallocated spend is one of them.
 */
export function reconcile(total: Forecast, parts: readonly Part[]): Reconciled {
  const moved = total.point.map((expected, ahead) =>
    shareOut(
      { expected, variance: total.scale ** 2, floor: 0 },
      parts.map(({ forecast, today = 0 }) => ({
        expected: forecast.point[ahead] ?? 0,
        variance: forecast.scale ** 2,
        floor: ahead === 0 ? today : 0,
      })),
    ),
  );
  return {
    total: movedTo(total, moved.map(sum)),
    parts: parts.map(({ forecast }, index) =>
      movedTo(
        forecast,
        moved.map((day) => day[index] ?? 0),
      ),
    ),
  };
}

/**
 * Reconciled days as amounts: each part to the millionth of a dollar, and totals
 * that are exactly their sums.
 */
export function reconciledUsd({ parts }: Reconciled): { total: Usd[]; parts: Usd[][] } {
  const amounts = parts.map(({ point }) => point.map(usdOf));
  const days = parts[0]?.point ?? [];
  const total = days.map((_, ahead) => sumUsd(amounts.map((part) => part[ahead] ?? ZERO_USD)));
  return { total, parts: amounts };
}

type Term = { readonly expected: number; readonly variance: number; readonly floor: number };

/** What each part is moved to; terms that would fall below their floor stay on it. */
function shareOut(total: Term, parts: readonly Term[]): number[] {
  const values = parts.map(({ floor }) => floor);
  let free = parts.map((_, index) => index);
  while (free.length > 0) {
    const isFree = new Set(free);
    const fixed = sum(values.filter((_, index) => !isFree.has(index)));
    const terms = free.map((index) => ({ index, term: parts[index] ?? total }));
    const gap = total.expected - fixed - sum(terms.map(({ term }) => term.expected));
    const variance = total.variance + sum(terms.map(({ term }) => term.variance));
    const moves = terms.map(({ index, term }) => {
      const value = term.expected + (variance > 0 ? (gap * term.variance) / variance : 0);
      return { index, value, isBelow: value < term.floor };
    });
    const below = moves.filter(({ isBelow }) => isBelow);
    if (below.length === 0) {
      for (const { index, value } of moves) values[index] = value;
      break;
    }
    free = moves.filter(({ isBelow }) => !isBelow).map(({ index }) => index);
  }
  return values;
}

/** The same forecast with other expected values; its bands move along and keep their width. */
export function movedTo(forecast: Forecast, point: readonly number[]): Forecast {
  const shift = (bound: readonly number[]) =>
    bound.map((value, ahead) =>
      Math.max(0, value + (point[ahead] ?? 0) - (forecast.point[ahead] ?? 0)),
    );
  const bounds = ({ low, high }: Bounds) => ({ low: shift(low), high: shift(high) });
  const bands = perBand((level) => bounds(forecast.bands[level]));
  return { ...forecast, point, bands };
}
