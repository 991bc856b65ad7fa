import { anomalyMarkers } from "#app/_charts/anomaly-markers.ts";
import type { Filters } from "#app/_query/filters.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { BudgetDetail } from "#lib/budget-control/read-budgets.ts";
import { dayStarts } from "#lib/budgets/forecast-spend.ts";

/** An anomaly at the day of the running period on which it began. */
export type BudgetMark = { readonly id: string; readonly index: number; readonly label: string };

/** The anomalies of what a budget is on; none for an ingest key's, of which they know nothing. */
export async function budgetMarks(
  viewer: Viewer,
  { status: { period }, filters, timeZone }: BudgetDetail,
): Promise<readonly BudgetMark[]> {
  if (filters === null) return [];
  const starts = dayStarts(period.start, period.end, timeZone);
  const buckets = starts.map((day, index) => ({
    start: new Date(day),
    end: new Date(starts[index + 1] ?? period.end),
  }));
  return anomalyMarkers(viewer, buckets, filters as Filters);
}
