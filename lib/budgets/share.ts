import type { Amount } from "./amount.ts";

/** Percents have at most two decimals. */
const PER_PERCENT = 100n;
const WHOLE = 10_000n;

/** So many percent of a limit. */
export function shareOf(limit: Amount, percent: number): Amount {
  return ((limit * hundredths(percent)) / WHOLE) as Amount;
}

/**
 * Whether spend has reached a share of a limit. Nothing spent reaches nothing:
 * a limit of 0 is passed by the first cent.
 */
export function hasReached(spent: Amount, limit: Amount, percent: number): boolean {
  return spent > 0n && spent * WHOLE >= limit * hundredths(percent);
}

function hundredths(percent: number): bigint {
  return BigInt(Math.round(percent * Number(PER_PERCENT)));
}
