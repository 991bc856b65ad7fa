import { sum } from "#lib/forecast/statistics.ts";
import {
  type DetectorState,
  type Direction,
  type FlaggedDay,
  type JudgedDay,
  NO_DRIFT,
  type PastDay,
} from "./detector-state.ts";

const MASKED_DAYS = 90;
const ERROR_DAYS = 56;
const RECENT_DAYS = 28;
/** Flagged days enter the model this many scales away from what was expected. */
const MASK_SCALES = 2;
/** So many flagged days in one direction are no incident any more but the new level. */
const ACCEPTED_AFTER = 5;
const LONGEST_PAUSE = 2;
const MOST_RATIO = 20;

/** Takes a day into the history as it was. */
export function remember(state: DetectorState, day: PastDay): DetectorState {
  const run = isOver(state.run, state.days) ? [] : state.run;
  const errors = append(state.errors, day.actual - day.expected, ERROR_DAYS);
  return { ...advance(state, day, day.actual), errors, run };
}

/** Takes a day of unknown spend into the history as it was expected to be. */
export function rememberUnknown(state: DetectorState, expected: number): DetectorState {
  return advance(state, { actual: expected, expected }, expected);
}

/**
 * Takes a flagged day into the history near what was expected of it, so that an
 * incident does not become its own yardstick, until it has lasted long enough
 * to be the new level.
 */
export function rememberMasked(
  state: DetectorState,
  day: JudgedDay,
  direction: Direction,
): { readonly state: DetectorState; readonly isNewLevel: boolean } {
  const offset = direction * MASK_SCALES * day.scale;
  const flagged = { day: state.days, direction };
  const continues = !isOver(state.run, state.days) && state.run.at(-1)?.direction === direction;
  const next = {
    ...advance(state, day, Math.max(0, day.expected + offset)),
    errors: append(state.errors, offset, ERROR_DAYS),
    run: continues ? [...state.run, flagged] : [flagged],
  };
  if (next.run.length < ACCEPTED_AFTER) return { state: next, isNewLevel: false };
  return { state: acceptLevel(next), isNewLevel: true };
}

/**
 * Moves the history to the level of the current run: the days of the run count
 * as they were, those before it are scaled to them, which keeps their weekdays.
 * Also what a person's "this is expected" does.
 */
export function acceptLevel(state: DetectorState): DetectorState {
  const [first] = state.run;
  if (first === undefined) return state;
  const length = Math.min(state.days - first.day, state.recent.length);
  const days = state.recent.slice(-length);
  const expected = sum(days.map((day) => day.expected));
  const actual = sum(days.map((day) => day.actual));
  const now = days.map((day) => day.actual);
  const ratio = actual / expected;
  // Spend that is new or gone has no weekdays in common with what was before.
  const isComparable = ratio >= 1 / MOST_RATIO && ratio <= MOST_RATIO;
  const before = isComparable ? state.masked.slice(0, -length) : [];
  const masked = [...before.map((value) => value * ratio), ...now];
  return { ...state, masked, run: [], drift: NO_DRIFT };
}

function advance(state: DetectorState, day: PastDay, masked: number): DetectorState {
  const { actual, expected } = day;
  return {
    ...state,
    days: state.days + 1,
    masked: append(state.masked, masked, MASKED_DAYS),
    recent: append(state.recent, { actual, expected }, RECENT_DAYS),
  };
}

function isOver(run: readonly FlaggedDay[], today: number): boolean {
  const last = run.at(-1);
  return last !== undefined && today - last.day > LONGEST_PAUSE;
}

function append<T>(list: readonly T[], entry: T, most: number): T[] {
  return [...list.slice(Math.max(0, list.length - most + 1)), entry];
}
