import { sumUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";

/** One priced or unpriced call of a session. */
export type SessionCall = {
  readonly startedAtMs: number;
  /** Null when it has no price. */
  readonly cost: Usd | null;
};

/** A session that goes on spending after everything that could have wanted it is over. */
export type OrphanSession = {
  readonly calls: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** Cost of the calls after the end. */
  readonly cost: Usd;
  readonly unpricedCalls: number;
};

export type OrphanLimits = {
  /** Late calls so long after the end are stragglers. */
  readonly graceMs: number;
  readonly calls: number;
};

export const USUAL_ORPHAN: OrphanLimits = { graceMs: 10 * 60_000, calls: 3 };

/**
 * Finds an orphan session: its last run has ended (or the person has closed it),
 * yet a sub-agent or a background task keeps calling.
 *
 * @param endedAtMs When the last of the session's root spans ended; null while
 *   one runs, or where the producer reports none.
 */
export function findOrphanSession(
  endedAtMs: number | null,
  calls: readonly SessionCall[],
  limits: OrphanLimits = USUAL_ORPHAN,
): OrphanSession | null {
  if (endedAtMs === null) return null;
  const late = calls
    .filter(({ startedAtMs }) => startedAtMs > endedAtMs + limits.graceMs)
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs);
  const [first] = late;
  if (first === undefined || late.length < limits.calls) return null;
  return {
    calls: late.length,
    firstAtMs: first.startedAtMs,
    lastAtMs: late.at(-1)?.startedAtMs ?? first.startedAtMs,
    cost: sumUsd(late.map(({ cost }) => cost ?? ZERO_USD)),
    unpricedCalls: late.filter(({ cost }) => cost === null).length,
  };
}
