const LEAST_DAYS = 14;
const TIMES_LONGER = 2;

/**
 * Whether a series has come to its end: nothing for two weeks, and for more
 * than twice as long as ever before, so that what comes once a month has not.
 *
 * @param values Complete days, oldest first, without gaps (see impute.ts).
 */
export function hasStopped(values: readonly number[]): boolean {
  const last = values.findLastIndex((value) => value !== 0);
  const idle = values.length - 1 - last;
  return idle >= LEAST_DAYS && idle > TIMES_LONGER * longestPause(values.slice(0, last + 1));
}

/** The most days in a row without spend, once there was some. */
function longestPause(values: readonly number[]): number {
  let longest = 0;
  let pause = 0;
  for (const value of values.slice(values.findIndex((each) => each !== 0))) {
    pause = value === 0 ? pause + 1 : 0;
    longest = Math.max(longest, pause);
  }
  return longest;
}
