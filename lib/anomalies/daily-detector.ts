import { pointForecast } from "#lib/forecast/point-forecast.ts";
import { mean, robustDeviation } from "#lib/forecast/statistics.ts";
import { WEEK } from "#lib/forecast/weekday-level.ts";
import {
  type DetectorState,
  type Direction,
  type JudgedDay,
  NEW_SERIES,
} from "./detector-state.ts";
import { watchDrift } from "./drift.ts";
import { remember, rememberMasked, rememberUnknown } from "./masked-history.ts";
import { noticeOf } from "./notice.ts";
import { oddityOf } from "./oddity.ts";
import { type Sensitivity, USUAL_SENSITIVITY } from "./sensitivity.ts";
import { judgeYoungDay } from "./young-series.ts";

/**
 * What is odd about a day. `spike` and `fall` leave the expected range, `gone`
 * is spend that stopped, `new` is spend where there was none, `drift` moves too
 * slowly for any single day, `burst` is a young series' day of twice its largest.
 */
export type AnomalyKind = "spike" | "fall" | "gone" | "new" | "drift" | "burst";

export type Anomaly = {
  readonly kind: AnomalyKind;
  readonly direction: Direction;
  /** Whether it is worth a message; the rest is shown on the dashboard alone. */
  readonly isNotable: boolean;
  /** Whether the series is taken to have moved to a new level with this day. */
  readonly isNewLevel: boolean;
};

/** One day as the detector sees it; amounts in the unit of the series. */
export type Verdict = {
  /** Null for unknown days, and while the series is too young for an expectation. */
  readonly expected: number | null;
  /** What is not flagged as a spike or a fall; null with `expected`. */
  readonly range: { readonly low: number; readonly high: number } | null;
  readonly anomaly: Anomaly | null;
};

export type Judged = { readonly state: DetectorState; readonly verdict: Verdict };

export type DetectorOptions = {
  readonly sensitivity?: Sensitivity;
  /** The expected next day of a history; the product's one-day forecast unless given. */
  readonly expect?: (history: readonly number[]) => number;
};

/** Days of comparable history; spend that has just begun is as young as a new series. */
const FIRST_EXPECTED = 14;
const FIRST_JUDGED = 28;

/**
 * Judges each day of a series by the days before it alone.
 *
 * @param values Spend of complete days, oldest first; null where it is unknown.
 */
export function detectDaily(
  values: readonly (number | null)[],
  options: DetectorOptions = {},
): Verdict[] {
  let state = NEW_SERIES;
  return values.map((actual) => {
    const judged = judgeDay(state, actual, options);
    state = judged.state;
    return judged.verdict;
  });
}

/**
 * Judges the next day of a series: how far it lies from the one-day forecast of
 * the masked history, in robust deviations of the last eight weeks' errors, if
 * that also matters in percent and in money. Days of unknown spend are not judged.
 */
export function judgeDay(
  state: DetectorState,
  actual: number | null,
  { sensitivity = USUAL_SENSITIVITY, expect = nextDay }: DetectorOptions = {},
): Judged {
  if (state.masked.length < FIRST_EXPECTED) return judgeYoungDay(state, actual, null);
  const expected = expect(state.masked);
  if (actual === null) {
    const verdict = { expected: null, range: null, anomaly: null };
    return { state: rememberUnknown(state, expected), verdict };
  }
  if (state.masked.length < FIRST_JUDGED) return judgeYoungDay(state, actual, expected);
  return judgeGrownDay(state, { actual, expected, scale: scaleOf(state) }, sensitivity);
}

function judgeGrownDay(state: DetectorState, day: JudgedDay, sensitivity: Sensitivity): Judged {
  const oddity = oddityOf(state, day, sensitivity);
  const watched = watchDrift(state, day, sensitivity, oddity === null);
  const kind = oddity ?? (watched.direction === null ? null : "drift");
  const verdict = { expected: day.expected, range: rangeOf(day, sensitivity) };
  const drifted = { ...state, drift: watched.drift };
  if (kind === null)
    return { state: remember(drifted, day), verdict: { ...verdict, anomaly: null } };

  const direction: Direction = watched.direction ?? (day.actual > day.expected ? 1 : -1);
  const { state: next, isNewLevel } =
    oddity === null
      ? { state: remember(drifted, day), isNewLevel: false }
      : rememberMasked(drifted, day, direction);
  const { incident, isNotable } = noticeOf(state, day, kind === "gone", sensitivity);
  return {
    state: { ...next, incident },
    verdict: { ...verdict, anomaly: { kind, direction, isNotable, isNewLevel } },
  };
}

/** The usual size of one-day errors; with few of them a quarter of the level. */
function scaleOf({ masked, errors }: DetectorState): number {
  const level = mean(masked);
  const usual = errors.length >= WEEK ? robustDeviation(errors) : 0.25 * level;
  return Math.max(usual, 0.05 * level, 1e-9);
}

function rangeOf({ expected, scale }: JudgedDay, { deviations, share, amount }: Sensitivity) {
  const reach = Math.max(deviations * scale, share * expected, amount);
  return { low: Math.max(0, expected - reach), high: expected + reach };
}

function nextDay(history: readonly number[]): number {
  return pointForecast(history, 1).point[0] ?? 0;
}
