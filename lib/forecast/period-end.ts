import { type BandLevel, type PerBand, perBand } from "./band-levels.ts";
import type { Forecast } from "./forecast-series.ts";
import { sum } from "./statistics.ts";
import { totalHalfWidths } from "./total-band.ts";

/** How far a month or another period has come. Money as the forecast has it. */
export type PeriodSoFar = {
  /** Spend of the period's complete days. */
  readonly spent: number;
  /** What the running day has spent by now; 0 when it has just begun. */
  readonly today: number;
  /** Days left, the running day included; the forecast must reach as far. */
  readonly daysLeft: number;
};

export type PeriodEnd = {
  readonly total: number;
  /** Never below what is spent already. */
  readonly bands: PerBand<{ readonly low: number; readonly high: number }>;
  /** The half-widths that the bands come from, before the floor. */
  readonly halfWidths: PerBand;
};

/**
 * What a period will have cost at its end: spend of its complete days, plus the
 * forecast of the running day and the days after it. The running day's spend is
 * a floor for that day, nothing more: how much of a day is over says little of
 * how much of its spend is.
 *
 * @param forecast Its first day is the running day.
 */
export function periodEnd(forecast: Forecast, { spent, today, daysLeft }: PeriodSoFar): PeriodEnd {
  const [runningDay = 0, ...later] = forecast.point.slice(0, daysLeft);
  const total = spent + (daysLeft > 0 ? Math.max(today, runningDay) + sum(later) : 0);
  const halfWidths =
    daysLeft > 0 ? totalHalfWidths(forecast.past, daysLeft, forecast) : perBand(() => 0);
  const floor = spent + (daysLeft > 0 ? today : 0);
  const boundsAt = (level: BandLevel) => ({
    low: Math.max(floor, total - halfWidths[level]),
    high: total + halfWidths[level],
  });
  return { total, bands: perBand(boundsAt), halfWidths };
}

/**
 * The chance, from 0 to 1, that the period's total passes a limit, read off the
 * same errors as the bands: the error's distribution goes through their edges,
 * straight between them, and thins out exponentially beyond 95 %.
 */
export function chanceOfPassing(limit: number, { total, halfWidths }: PeriodEnd): number {
  const distance = Math.abs(limit - total);
  const beyond = shareBeyond(distance, halfWidths) / 2;
  return limit >= total ? beyond : 1 - beyond;
}

/** The share of errors larger than a distance. */
function shareBeyond(distance: number, widths: PerBand): number {
  const edges: readonly (readonly [number, number])[] = [
    [0, 1],
    [widths[50], 0.5],
    [widths[80], 0.2],
    [widths[95], 0.05],
  ];
  for (const [index, [edge, share]] of edges.entries()) {
    const [lastEdge, lastShare] = edges[index - 1] ?? [0, 1];
    if (distance > edge) continue;
    if (edge === lastEdge) return share;
    return lastShare + ((share - lastShare) * (distance - lastEdge)) / (edge - lastEdge);
  }
  return widths[95] > 0 ? 0.05 * Math.exp((-3 * (distance - widths[95])) / widths[95]) : 0;
}
