import type { Forecast, History } from "#lib/forecast/forecast-series.ts";
import { type KnownEvent, withEvents } from "#lib/forecast/known-events.ts";
import type { Repriced } from "./price-changes.ts";
import { daysBetween } from "./series-calendar.ts";

/** Days of usage that a `Repriced` is of. */
const REPLAYED_DAYS = 30;

/**
 * The forecast with prices to come: from each change on, every day is scaled as
 * the recent usage of the series costs at the prices of that day. What was free
 * until then is added by the day.
 *
 * @param today The forecast's first day.
 */
export function withPricesToCome(
  forecast: Forecast,
  repriced: Repriced | undefined,
  today: string,
): Forecast {
  const steps = [...(repriced?.changes ?? [])].filter(([day]) => day > today).sort(byDay);
  let more = 0;
  const events = steps.map(([day, change], index): KnownEvent => {
    more += change;
    const next = steps[index + 1]?.[0];
    const last = next === undefined ? Number.POSITIVE_INFINITY : daysBetween(today, next) - 1;
    return { label: day, first: daysBetween(today, day), last, effect: effectOf(more, repriced) };
  });
  return withEvents(forecast, events);
}

/** The history as it would have cost at today's prices, which is what the days ahead are like. */
export function atTodaysPrices(
  history: History,
  repriced: Repriced | undefined,
  today: string,
): History {
  const steps = [...(repriced?.changes ?? [])].filter(([day]) => day <= today).sort(byDay);
  if (repriced === undefined || steps.length === 0 || repriced.today <= 0) return history;
  return history.map((value, place) => {
    const ago = history.length - place;
    const since = steps.filter(([day]) => daysBetween(day, today) < ago);
    const then = since.reduce((cost, [, change]) => cost - change, repriced.today);
    return value === null || then <= 0 ? value : (value * repriced.today) / then;
  });
}

function effectOf(more: number, repriced: Repriced | undefined): KnownEvent["effect"] {
  const today = repriced?.today ?? 0;
  if (today > 0) return { kind: "factor", factor: 1 + more / today };
  return { kind: "amount", perDay: more / REPLAYED_DAYS };
}

function byDay([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}
