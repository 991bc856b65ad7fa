import { anomalyMarkers } from "#app/_charts/anomaly-markers.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { ScopeForecast } from "#lib/forecasting/read-forecast.ts";
import { parseDay, startOfDay } from "#lib/time/civil-day.ts";

/** An anomaly over the day on which it began. */
export type ForecastMark = { readonly id: string; readonly date: string; readonly label: string };

/** The anomalies of a scope's spent days; a budget's are those of what it is on. */
export async function forecastMarks(
  viewer: Viewer,
  { scope, spent, timeZone }: ScopeForecast,
): Promise<ForecastMark[]> {
  if (scope.kind === "budget") return [];
  const { kind, ...about } = scope;
  const days = spent.map(({ date }) => parseDay(date));
  const buckets = days.map((day) => ({
    start: new Date(startOfDay(day, timeZone)),
    end: new Date(startOfDay(day + 1, timeZone)),
  }));
  const markers = await anomalyMarkers(viewer, buckets, about);
  return markers.map(({ id, index, label }) => ({ id, label, date: spent[index]?.date ?? "" }));
}
