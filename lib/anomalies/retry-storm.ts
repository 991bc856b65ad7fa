import { multiplyFraction, type Usd } from "#lib/money/money.ts";

/** Calls of one agent, key or model in a span of time. */
export type RetryUse = {
  /** All calls, first tries and retries. */
  readonly calls: number;
  readonly retries: number;
  readonly cost: Usd;
};

/** Calls that are mostly tried again. */
export type RetryStorm = {
  /** Shares of calls that are retries, 0 to 1. */
  readonly retryShareBefore: number;
  readonly retryShareNow: number;
  readonly retries: number;
  /** The retries' part of the cost, by calls. */
  readonly retryCost: Usd;
};

export type StormLimits = {
  readonly retries: number;
  readonly retryShare: number;
  /** As a multiple of the share before. */
  readonly times: number;
};

export const USUAL_STORM: StormLimits = { retries: 20, retryShare: 0.3, times: 3 };

/**
 * Finds a retry storm from counts of calls, which show it sooner than cost:
 * requests multiply while the answers stay as many.
 *
 * @param before The same kind of calls over a longer, normal time.
 * @returns null when retries are few or usual.
 */
export function findRetryStorm(
  before: RetryUse,
  now: RetryUse,
  limits: StormLimits = USUAL_STORM,
): RetryStorm | null {
  if (now.calls <= 0 || now.retries < limits.retries) return null;
  const retryShareBefore = before.calls > 0 ? before.retries / before.calls : 0;
  const retryShareNow = now.retries / now.calls;
  if (retryShareNow < limits.retryShare) return null;
  if (retryShareNow < limits.times * retryShareBefore) return null;
  return {
    retryShareBefore,
    retryShareNow,
    retries: now.retries,
    retryCost: multiplyFraction(now.cost, BigInt(now.retries), BigInt(now.calls)),
  };
}
