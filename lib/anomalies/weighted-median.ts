/** The value with half of the weight on either side; 1 of nothing. */
export function weightedMedian(
  entries: readonly { readonly value: number; readonly weight: number }[],
): number {
  const sorted = entries.toSorted((a, b) => a.value - b.value);
  const whole = sorted.reduce((total, { weight }) => total + weight, 0);
  let below = 0;
  for (const { value, weight } of sorted) {
    below += weight;
    if (below >= whole / 2) return value;
  }
  return 1;
}
