import { type Bounds, perBand } from "./band-levels.ts";
import type { Forecast, History } from "./forecast-series.ts";
import { WEEK } from "./weekday-level.ts";

/** Days of a list, first and last included; 0 is the list's first day. */
export type DaySpan = { readonly first: number; readonly last: number };

/**
 * Something that people know and the history cannot: a launch (factor or
 * amount), a price change (factor), a holiday or shut-down (quiet).
 */
export type KnownEvent = DaySpan & {
  readonly label: string;
  readonly effect:
    | { readonly kind: "factor"; readonly factor: number }
    | { readonly kind: "amount"; readonly perDay: number }
    | { readonly kind: "quiet" };
};

/**
 * Puts known events into a forecast, in the order given. A factor scales the
 * bands with the days; an added amount shifts them; a quiet day spends what the
 * quietest day of its week would.
 */
export function withEvents(forecast: Forecast, events: readonly KnownEvent[]): Forecast {
  return events.reduce(withEvent, forecast);
}

/** Takes days that a person excluded (a backfill, an accident) out of what is learned from. */
export function withoutSpans(history: History, spans: readonly DaySpan[]): History {
  return history.map((value, day) => (spans.some((span) => isWithin(span, day)) ? null : value));
}

function withEvent(forecast: Forecast, event: KnownEvent): Forecast {
  const change = (values: readonly number[]) =>
    values.map((value, day) => (isWithin(event, day) ? changed(values, day, event) : value));
  const bounds = ({ low, high }: Bounds) => ({ low: change(low), high: change(high) });
  const bands = perBand((level) => bounds(forecast.bands[level]));
  return { ...forecast, point: change(forecast.point), bands };
}

function changed(values: readonly number[], day: number, { effect }: KnownEvent): number {
  const value = values[day] ?? 0;
  switch (effect.kind) {
    case "factor":
      return value * Math.max(0, effect.factor);
    case "amount":
      return Math.max(0, value + effect.perDay);
    case "quiet":
      return Math.min(...sevenDaysAround(values, day));
  }
}

function sevenDaysAround(values: readonly number[], day: number): readonly number[] {
  const first = Math.max(0, Math.min(day - 3, values.length - WEEK));
  return values.slice(first, first + WEEK);
}

function isWithin({ first, last }: DaySpan, day: number): boolean {
  return day >= first && day <= last;
}
