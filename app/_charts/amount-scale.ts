/** What an axis of amounts reaches from and to, and where it says so. */
export type AmountScale = {
  readonly low: number;
  readonly high: number;
  /** From the lowest up. */
  readonly ticks: readonly number[];
};

/** Steps that people read at a glance, each ten times a power of ten more often. */
const STEPS = [1, 2, 2.5, 5, 10];
const MOST_STEPS = 4;

/**
 * An axis from zero over all values, in at most five ticks or little more where
 * some lie below zero.
 *
 * @param whole Only whole numbers: nobody makes half a call.
 */
export function amountScale(values: readonly number[], whole: boolean): AmountScale {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  if (least === most) return { low: 0, high: 1, ticks: [0] };
  const step = stepFor((most - least) / MOST_STEPS, whole);
  const [from, to] = [Math.floor(least / step), Math.ceil(most / step)];
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => clean((from + i) * step));
  return { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1, ticks };
}

function stepFor(least: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const steps = STEPS.map((step) => clean(step * power)).filter(
    (step) => !whole || Number.isInteger(step),
  );
  return steps.find((step) => step >= least) ?? Math.max(1, clean(10 * power));
}

/** Without the dust of binary fractions: 0.30000000000000004. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
