import { type Filters, filterPairs } from "#app/_query/filters.ts";
import { daysPairs, hrefWith } from "#app/_query/links.ts";
import type { ScopeForecast } from "#lib/forecasting/read-forecast.ts";
import type { ForecastScope } from "#lib/forecasting/scope.ts";
import { dateAfter } from "#lib/forecasting/series-calendar.ts";

/** The usage of a scope, as pages filter it; a budget's is its own page's to tell. */
export function scopeFilters(scope: ForecastScope): Filters {
  return {
    ...("team" in scope && { team: [scope.team] }),
    ...("model" in scope && { model: [scope.model] }),
    ...("agent" in scope && { agent: [scope.agent] }),
  };
}

/** Where the days stand that a month's expected spend is the sum of. */
export const DAYS = "forecast-days";

/** The days that a forecast was made from: a scope's spend by day, to the day before the running one. */
export function learntHref({ scope, historyDays, spent }: ScopeForecast): string | null {
  const today = spent.at(-1)?.date;
  if (today === undefined || historyDays === 0) return null;
  if (scope.kind === "budget") return `/budgets/${scope.id}`;
  return hrefWith("/explore", [
    ...daysPairs(dateAfter(today, -historyDays), dateAfter(today, -1)),
    ...filterPairs(scopeFilters(scope)),
    ["bucket", "day"],
  ]);
}

/** How what a scope spent on some days comes about, both included. */
export function spentHref(scope: ForecastScope, firstDay: string, lastDay: string): string {
  if (scope.kind === "budget") return `/budgets/${scope.id}`;
  return hrefWith("/explore/receipt", [
    ...daysPairs(firstDay, lastDay),
    ...filterPairs(scopeFilters(scope)),
  ]);
}
