/**
 * The median of each value and its neighbours up to `reach` away on either
 * side, fewer at the ends. Keeps one sorted window and moves it along, which
 * is what makes refitting thousands of series cheap.
 */
export function rollingMedian(values: Float64Array, reach: number): Float64Array {
  // One more than the window, for the moment between entering and leaving.
  const sorted = new Float64Array(2 * reach + 2);
  const medians = new Float64Array(values.length);
  let size = 0;
  for (let day = -reach; day < values.length; day++) {
    const entering = values[day + reach];
    if (entering !== undefined) size = insert(sorted, size, entering);
    const leaving = values[day - reach - 1];
    if (leaving !== undefined) size = remove(sorted, size, leaving);
    if (day >= 0) medians[day] = middle(sorted, size);
  }
  return medians;
}

function insert(sorted: Float64Array, size: number, value: number): number {
  let at = size;
  while (at > 0 && (sorted[at - 1] ?? 0) > value) {
    sorted[at] = sorted[at - 1] ?? 0;
    at--;
  }
  sorted[at] = value;
  return size + 1;
}

function remove(sorted: Float64Array, size: number, value: number): number {
  const at = sorted.indexOf(value);
  sorted.copyWithin(at, at + 1, size);
  return size - 1;
}

function middle(sorted: Float64Array, size: number): number {
  const half = size >> 1;
  const upper = sorted[half] ?? 0;
  if (size % 2 === 1) return upper;
  const lower = sorted[half - 1] ?? 0;
  return lower + 0.5 * (upper - lower);
}
