import { type Filters, filterPairs } from "#app/_query/filters.ts";
import { daysPairs, hrefWith } from "#app/_query/links.ts";
import type { ForecastScope } from "#lib/forecasting/scope.ts";

/** The usage of a scope, as pages filter it; a budget's is its own page's to tell. */
export function scopeFilters(scope: ForecastScope): Filters {
  return {
    ...("team" in scope && { team: [scope.team] }),
    ...("model" in scope && { model: [scope.model] }),
    ...("agent" in scope && { agent: [scope.agent] }),
  };
}

/** How what a scope spent on some days comes about, both included. */
export function spentHref(scope: ForecastScope, firstDay: string, lastDay: string): string {
  if (scope.kind === "budget") return `/budgets/${scope.id}`;
  return hrefWith("/explore/receipt", [
    ...daysPairs(firstDay, lastDay),
    ...filterPairs(scopeFilters(scope)),
  ]);
}
