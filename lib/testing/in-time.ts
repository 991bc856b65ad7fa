/** Long enough for a busy machine; whatever takes longer will not come. */
export const LONGEST_WAIT_MS = 60_000;

/**
 * Waits for what must happen, with an end: what was lost fails the test that
 * waits for it, and says what it was.
 */
export async function inTime<T>(
  awaited: Promise<T>,
  what: () => string,
  longestMs = LONGEST_WAIT_MS,
): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const end = setTimeout(
    () => reject(new Error(`not within ${longestMs / 1_000} s: ${what()}`)),
    longestMs,
  );
  try {
    return await Promise.race([awaited, tooLate]);
  } finally {
    clearTimeout(end);
  }
}
