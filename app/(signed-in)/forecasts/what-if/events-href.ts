import { type Filters, filterPairs } from "#app/_query/filters.ts";
import { daysPairs, hrefWith } from "#app/_query/links.ts";
import type { ReplayedDays } from "#lib/forecasting/read-usage-rows.ts";
import { parseScope } from "#lib/forecasting/scope.ts";
import { localDay } from "#lib/time/calendar.ts";
import { scopeFilters } from "../scope-links.ts";

/** The model calls that were replayed, narrowed further: rows of the ledger, each with its receipt. */
export function eventsHref(
  { fromMs, toMs, timeZone }: ReplayedDays,
  scope: string,
  filters: Filters,
): string {
  return hrefWith("/events", [
    ...daysPairs(localDay(fromMs, timeZone), localDay(toMs - 1, timeZone)),
    ...filterPairs({ ...scopeFilters(parseScope(scope)), ...filters, kind: ["model_call"] }),
  ]);
}
