/** The mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] ?? 0;
  return total;
}

/** The middle value, of an even count the mean of the two middle ones; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** The `share` quantile, interpolated between order statistics (type 7 of Hyndman and Fan). */
export function quantile(values: ArrayLike<number>, share: number): number {
  return sortedQuantile(new Float64Array(values).sort(), share);
}

/** The same of values in rising order: who asks for several sorts once. */
export function sortedQuantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const index = Math.floor(position);
  const low = sorted[index] ?? Number.NaN;
  return low + (position - index) * ((sorted[index + 1] ?? low) - low);
}

/** Median distance from zero, scaled so that it estimates the deviation of normal errors. */
export function robustDeviation(errors: ArrayLike<number>): number {
  return 1.4826 * median(new Float64Array(errors).map(Math.abs));
}

/** Slope of the least-squares line through the values, per step. */
export function slope(values: ArrayLike<number>): number {
  const n = values.length;
  let [sumX, sumY, sumXy, sumXx] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const value = values[i] ?? 0;
    sumX += i;
    sumY += value;
    sumXy += i * value;
    sumXx += i * i;
  }
  return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
}
