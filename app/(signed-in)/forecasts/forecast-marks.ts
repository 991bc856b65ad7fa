import { anomalyMarkers } from "#app/_charts/anomaly-markers.ts";
import type { Filters } from "#app/_query/filters.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { budgetDetail } from "#lib/budget-control/read-budgets.ts";
import type { ScopeForecast } from "#lib/forecasting/read-forecast.ts";
import { parseDay, startOfDay } from "#lib/time/civil-day.ts";
import { scopeFilters } from "./scope-links.ts";

/** An anomaly over the day on which it began. */
export type ForecastMark = { readonly id: string; readonly date: string; readonly label: string };

/** The anomalies of a scope's spent days; a budget's are those of what it is on. */
export async function forecastMarks(
  viewer: Viewer,
  { scope, spent, timeZone }: ScopeForecast,
): Promise<ForecastMark[]> {
  const filters =
    scope.kind === "budget" ? await budgetFilters(viewer, scope.id) : scopeFilters(scope);
  if (filters === null) return [];
  const days = spent.map(({ date }) => parseDay(date));
  const buckets = days.map((day) => ({
    start: new Date(startOfDay(day, timeZone)),
    end: new Date(startOfDay(day + 1, timeZone)),
  }));
  const markers = await anomalyMarkers(viewer, buckets, filters);
  return markers.map(({ id, index, label }) => ({ id, label, date: spent[index]?.date ?? "" }));
}

/** Null for a budget on an ingest key, of which anomalies know nothing. */
async function budgetFilters(viewer: Viewer, id: string): Promise<Filters | null> {
  const now = (await requestTime()).getTime();
  return (await budgetDetail(context().sql, viewer, id, now)).filters as Filters | null;
}
