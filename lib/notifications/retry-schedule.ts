const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Between one attempt and the next: ten attempts over about three days (Standard Webhooks 1.0). */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** A receiver that wants to be left alone longer than that is away. */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR_MS;
/** At most so much later, so that what failed together does not come back together. */
const JITTER = 0.1;

/**
 * When to try again after a failure; null when that was the last attempt.
 *
 * @param attempts How many there have been, this one included.
 * @param chance From 0 to 1.
 * @param retryAfterMs What the receiver asked for; null when it did not.
 */
export function nextAttemptAt(
  attempts: number,
  now: Date,
  chance: number,
  retryAfterMs: number | null,
): Date | null {
  const delayMs = RETRY_DELAYS_MS[attempts - 1];
  if (delayMs === undefined) return null;
  const askedMs = Math.min(Math.max(retryAfterMs ?? 0, 0), LONGEST_RETRY_AFTER_MS);
  return new Date(now.getTime() + Math.max(delayMs, askedMs) * (1 + JITTER * chance));
}

/** `Retry-After` as seconds or as an HTTP date (RFC 9110, 10.2.3); null when it says nothing of use. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND_MS;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
