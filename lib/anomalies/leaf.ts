import { multiplyFraction, subtractUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";

/**
 * Spend of one combination of dimension values (team, model, agent, key, …) on
 * the days of an incident, beside what was expected of it. Leaves are disjoint
 * and add up to the whole.
 */
export type Leaf = {
  /** Every leaf of a whole names the same dimensions. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly actual: Usd;
  readonly expected: Usd;
  /** How far it usually is from what is expected; zero or more. */
  readonly noise: Usd;
};

/**
 * Expects of a leaf the median of comparable past spend: the same weekday of the
 * last six weeks. Its noise is the median distance from that.
 *
 * @param past Zero where the leaf had no spend; at least one entry.
 */
export function leafFromPast(
  dimensions: Leaf["dimensions"],
  actual: Usd,
  past: readonly Usd[],
): Leaf {
  const expected = medianUsd(past);
  const noise = medianUsd(past.map((amount) => distance(amount, expected)));
  return { dimensions, actual, expected, noise };
}

function medianUsd(amounts: readonly Usd[]): Usd {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const upper = sorted[sorted.length >> 1] ?? ZERO_USD;
  if (sorted.length % 2 === 1) return upper;
  const lower = sorted[(sorted.length >> 1) - 1] ?? ZERO_USD;
  return multiplyFraction((lower + upper) as Usd, 1n, 2n);
}

function distance(a: Usd, b: Usd): Usd {
  return a < b ? subtractUsd(b, a) : subtractUsd(a, b);
}
