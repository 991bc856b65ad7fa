/** Steps that people count in. */
const STEPS = [1, 2, 2.5, 5, 10];
const MOST_STEPS = 4;

/**
 * The marks of an axis from 0 to at least `most`, at most four steps of a round
 * size; `isWhole` where there is nothing between two counts.
 */
export function axisTicks(most: number, isWhole: boolean): readonly number[] {
  if (!(most > 0)) return [0, 1];
  const least = most / MOST_STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  const size = (STEPS.find((step) => step * power >= least * (1 - 1e-9)) ?? 10) * power;
  const step = isWhole ? Math.max(1, Math.ceil(size)) : size;
  return Array.from(
    { length: Math.ceil((most / step) * (1 - 1e-9)) + 1 },
    (_, index) => index * step,
  );
}

/** Of so many marks in a row every how many-th is named, so that at most `room` names stand there. */
export function labelStep(marks: number, room: number): number {
  return Math.max(1, Math.ceil(marks / room));
}
