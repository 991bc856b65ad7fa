/** A day of spend and what was expected of it. */
export type PastDay = { readonly actual: number; readonly expected: number };

/** A flagged day of a run that may turn out to be a new level; days count from the series' first. */
export type FlaggedDay = { readonly day: number; readonly direction: Direction };

export type Direction = 1 | -1;

/** Deviations above and below, cumulated. */
export type Drift = { readonly up: number; readonly down: number };

/**
 * All that the daily detector remembers of one series: plain values, to be
 * stored between nights, so that a night costs one fit for each series.
 */
export type DetectorState = {
  /** Complete days seen so far. */
  readonly days: number;
  /** The last 90 days as the model sees them: flagged days pulled towards what was expected. */
  readonly masked: readonly number[];
  /** One-day errors of the last 56 days, those of flagged days limited. */
  readonly errors: readonly number[];
  /** The last 28 days as they were. */
  readonly recent: readonly PastDay[];
  /** Flagged days in one direction, with at most one day between them. */
  readonly run: readonly FlaggedDay[];
  readonly drift: Drift;
  /** The newest incident: its last flagged day and its excess so far. */
  readonly incident: { readonly lastDay: number; readonly excess: number } | null;
};

export const NO_DRIFT: Drift = { up: 0, down: 0 };

/** A series of which nothing has been seen. */
export const NEW_SERIES: DetectorState = {
  days: 0,
  masked: [],
  errors: [],
  recent: [],
  run: [],
  drift: NO_DRIFT,
  incident: null,
};

/** The day being judged; `scale` is the usual size of the series' one-day errors. */
export type JudgedDay = PastDay & { readonly scale: number };

/** How many scales a day lies above (or below) what was expected. */
export function deviationOf({ actual, expected, scale }: JudgedDay): number {
  return (actual - expected) / scale;
}
