import type { Forecast, History } from "#lib/forecast/forecast-series.ts";
import { type KnownEvent, withEvents, withoutSpans } from "#lib/forecast/known-events.ts";
import type { ForecastEvent } from "./events.ts";
import { type ForecastScope, parseScope, scopeText } from "./scope.ts";
import { dateAfter, daysBetween } from "./series-calendar.ts";

/** Spend of recent days by team and model, and by agent, in dollars: how much of one scope lies in another. */
export type SpendShares = {
  readonly of: (scope: ForecastScope) => number;
  readonly ofBoth: (a: ForecastScope, b: ForecastScope) => number;
};

/**
 * What events do to the forecast of a series. One of another scope counts by
 * its share of the series' spend in recent days: the launch of a team moves the
 * organisation's forecast as much as the team's own, and a new price of a model
 * each team by how much it uses the model.
 *
 * @param today The forecast's first day.
 */
export function withKnownEvents(
  forecast: Forecast,
  scope: ForecastScope,
  events: readonly ForecastEvent[],
  shares: SpendShares,
  today: string,
): Forecast {
  return events.reduce(
    (changed, event) => withEvents(changed, effectOn(event, scope, shares, today)),
    forecast,
  );
}

/** One event in the terms of a series; none where it does not touch it. */
function effectOn(
  { scope, effect, label, firstDay, lastDay }: ForecastEvent,
  series: ForecastScope,
  shares: SpendShares,
  today: string,
): KnownEvent[] {
  const its = parseScope(scope);
  const isSame = scope === scopeText(series);
  const both = shares.ofBoth(its, series);
  const share = isSame ? 1 : ratio(both, shares.of(series));
  if (share === 0) return [];
  const span = {
    label,
    first: Math.max(0, daysBetween(today, firstDay)),
    last: lastDay === null ? Number.POSITIVE_INFINITY : daysBetween(today, lastDay),
  };
  switch (effect.kind) {
    case "factor":
      return [{ ...span, effect: { kind: "factor", factor: 1 + share * (effect.factor - 1) } }];
    case "amount": {
      const part = isSame ? 1 : ratio(both, shares.of(its));
      return [{ ...span, effect: { kind: "amount", perDay: Number(effect.per_day) * part } }];
    }
    case "quiet":
      return share < 0.5 ? [] : [{ ...span, effect: { kind: "quiet" } }];
    case "exclude":
      return [];
  }
}

/** The history without days that somebody excluded: of the scope itself, or of one that holds it or lies in the whole. */
export function withoutExcluded(
  history: History,
  scope: ForecastScope,
  events: readonly ForecastEvent[],
  today: string,
): History {
  const spans = events.flatMap((event) => {
    if (event.effect.kind !== "exclude" || !excludes(parseScope(event.scope), scope)) return [];
    const dayOf = (date: string) => daysBetween(today, date) + history.length;
    const lastDay = event.lastDay ?? dateAfter(today, -1);
    return [{ first: dayOf(event.firstDay), last: dayOf(lastDay) }];
  });
  return spans.length === 0 ? history : withoutSpans(history, spans);
}

function excludes(event: ForecastScope, scope: ForecastScope): boolean {
  if (event.kind === "organization" || scope.kind === "organization") return true;
  if (scopeText(event) === scopeText(scope)) return true;
  if (scope.kind !== "team_model") return false;
  return event.kind === "team"
    ? event.team === scope.team
    : event.kind === "model" && event.model === scope.model;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}

/** One cell of recent spend. */
export type SpendCell = {
  readonly team: string;
  readonly model: string | null;
  readonly agent: string | null;
  readonly spent: number;
};

/** Answers from cells, remembering each question's answer by event scope, of which there are few. */
export function sharesOf(cells: readonly SpendCell[]): SpendShares {
  const sums = new Map<string, number>();
  const sumsWithin = new Map<string, ReadonlyMap<string, number>>();
  for (const cell of cells) {
    for (const scope of scopesOf(cell)) sums.set(scope, (sums.get(scope) ?? 0) + cell.spent);
  }
  return {
    of: (scope) => sums.get(scopeText(scope)) ?? 0,
    ofBoth: (event, scope) => {
      const key = scopeText(event);
      let within = sumsWithin.get(key);
      if (within === undefined) {
        const sumWithin = new Map<string, number>();
        for (const cell of cells) {
          const all = scopesOf(cell);
          if (!all.includes(key)) continue;
          for (const each of all) sumWithin.set(each, (sumWithin.get(each) ?? 0) + cell.spent);
        }
        within = sumWithin;
        sumsWithin.set(key, within);
      }
      return within.get(scopeText(scope)) ?? 0;
    },
  };
}

/** The scopes that hold a cell, as the API has them. */
export function scopesOf({ team, model, agent }: Omit<SpendCell, "spent">): string[] {
  return [
    "organization",
    `team:${team}`,
    ...(model === null ? [] : [`model:${model}`, `team:${team}/model:${model}`]),
    ...(agent === null ? [] : [`agent:${agent}`]),
  ];
}
