import type { Prepaid, RateSet } from "./rate-set.ts";

const FUNDED = new WeakMap<RateSet, Map<Prepaid, RateSet>>();

/**
 * The rate set of usage that is paid for already: the same rates, under a name
 * of its own, so that sums by rate set keep apart what is billed and what is not.
 */
export function fundedRateSet(
  rateSet: RateSet,
  funding: Prepaid,
  hash: (content: string) => string,
): RateSet {
  const known = FUNDED.get(rateSet) ?? new Map<Prepaid, RateSet>();
  FUNDED.set(rateSet, known);
  const found = known.get(funding);
  if (found !== undefined) return found;
  const funded = { ...rateSet, funding, id: hash(JSON.stringify([funding, rateSet.id])) };
  known.set(funding, funded);
  return funded;
}
