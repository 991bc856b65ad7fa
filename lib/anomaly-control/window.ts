import { nextUnitStart, unitEdges, unitStart } from "#lib/time/calendar.ts";

/** Epoch milliseconds, half-open. */
export type Span = { readonly startsAt: number; readonly endsAt: number };

/** The whole days or hours whose money tells of an oddity; a detector of agents knows the minute. */
export function explainedSpan(
  source: "day" | "hour" | "agent",
  { startsAt, endsAt }: Span,
  timeZone: string,
): Span & { readonly unit: "day" | "hour" } {
  const unit = source === "day" ? "day" : "hour";
  return {
    unit,
    startsAt: unitStart(startsAt, unit, timeZone),
    endsAt: nextUnitStart(endsAt - 1, unit, timeZone),
  };
}

const DAY_MS = 86_400_000;
const MOST_BUCKETS = 400;

/** The buckets of an anomaly, and those of earlier times that it is compared with. */
export type Window = {
  readonly table: "usage_day" | "usage_hour";
  readonly buckets: readonly number[];
  /** Each as long as the window, the newest first. */
  readonly past: readonly (readonly number[])[];
};

/**
 * The same weekdays of the last six weeks, or the same hours of the last seven
 * days, as far back as there was any usage.
 *
 * @param span Epoch milliseconds, half-open; whole buckets of the zone.
 */
export function windowOf(
  unit: "day" | "hour",
  span: Span,
  { timeZone, firstDay }: { readonly timeZone: string; readonly firstDay: number | null },
): Window {
  const startsAt = Math.max(
    span.startsAt,
    span.endsAt - MOST_BUCKETS * unitMs(unit) + unitMs(unit),
  );
  const buckets = unitEdges(startsAt, span.endsAt, unit, timeZone, MOST_BUCKETS).slice(0, -1);
  const lengthDays = Math.max(1, Math.ceil((span.endsAt - startsAt) / DAY_MS));
  const step = unit === "day" ? 7 * Math.ceil(lengthDays / 7) : lengthDays;
  const count = unit === "day" ? 6 : 7;
  const past: number[][] = [];
  for (let back = 1; back <= count; back += 1) {
    // Half a bucket in, so that a change of the clock does not move it to a neighbour.
    const shifted = buckets.map((bucket) =>
      unitStart(bucket - back * step * DAY_MS + unitMs(unit) / 2, unit, timeZone),
    );
    if (firstDay === null || (shifted[0] ?? 0) < firstDay) break;
    past.push(shifted);
  }
  return { table: unit === "day" ? "usage_day" : "usage_hour", buckets, past };
}

function unitMs(unit: "day" | "hour"): number {
  return unit === "day" ? DAY_MS : DAY_MS / 24;
}
