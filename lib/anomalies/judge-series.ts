import { judgeDay, type Verdict } from "./daily-detector.ts";
import { type DetectorState, NEW_SERIES } from "./detector-state.ts";
import { type Incident, incidentsOf } from "./incidents.ts";
import { acceptLevel } from "./masked-history.ts";
import type { Sensitivity } from "./sensitivity.ts";

/** What people know of a series, by index of its day. */
export type KnownDays = {
  /** Last days of spans whose level was said to be expected: it is the level from then on. */
  readonly acceptedAt: ReadonlySet<number>;
  /** How many times the usual a planned event may bring; Infinity for anything; null: no event. */
  readonly plannedFactor: (day: number) => number | null;
};

export const NOTHING_KNOWN: KnownDays = { acceptedAt: new Set(), plannedFactor: () => null };

export type JudgedSeries = {
  readonly verdicts: readonly Verdict[];
  readonly incidents: readonly Incident[];
};

/**
 * Judges every day of a series by the days before it, with what people have
 * said: days of a planned event stay out of what is learned while they lie in
 * the widened range, and an expected level is no oddity any more.
 *
 * @param values Amounts of complete days, oldest first; null where unknown.
 */
export function judgeSeries(
  values: readonly (number | null)[],
  sensitivity: Sensitivity,
  known: KnownDays = NOTHING_KNOWN,
): JudgedSeries {
  let state: DetectorState = NEW_SERIES;
  const verdicts = values.map((actual, day) => {
    const judged = judgeDay(state, actual, { sensitivity });
    const factor = known.plannedFactor(day);
    if (factor !== null && actual !== null && isPlanned(judged.verdict, actual, factor)) {
      state = judgeDay(state, null, { sensitivity }).state;
      return { ...judged.verdict, range: widened(judged.verdict, factor), anomaly: null };
    }
    state = known.acceptedAt.has(day) ? acceptLevel(judged.state) : judged.state;
    return judged.verdict;
  });
  return { verdicts, incidents: incidentsOf(verdicts, values) };
}

function isPlanned(verdict: Verdict, actual: number, factor: number): boolean {
  const range = widened(verdict, factor);
  if (range === null) return factor === Number.POSITIVE_INFINITY;
  return actual >= range.low && actual <= range.high;
}

function widened({ range }: Verdict, factor: number): Verdict["range"] {
  if (range === null) return null;
  const times = Math.max(1, factor);
  return { low: Math.min(range.low, range.low / times), high: range.high * times };
}
