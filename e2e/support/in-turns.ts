/** A few at a time: the walk is long. */
export async function inTurns<T>(
  jobs: readonly T[],
  work: (job: T) => Promise<void>,
): Promise<void> {
  const waiting = [...jobs];
  const next = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await work(job);
  };
  await Promise.all(Array.from({ length: 6 }, next));
}
