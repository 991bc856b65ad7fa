import { type Filters, filterPairs } from "#app/_query/filters.ts";
import { hrefWith } from "#app/_query/links.ts";
import type { ReplayedDays } from "#lib/forecasting/read-usage-rows.ts";
import { parseScope } from "#lib/forecasting/scope.ts";
import { localDay } from "#lib/time/calendar.ts";

/** The model calls that were replayed, narrowed further: rows of the ledger, each with its receipt. */
export function eventsHref(
  { fromMs, toMs, timeZone }: ReplayedDays,
  scope: string,
  filters: Filters,
): string {
  return hrefWith("/events", [
    ["period", "custom"],
    ["from", localDay(fromMs, timeZone)],
    ["to", localDay(toMs - 1, timeZone)],
    ...filterPairs({ ...filtersOf(scope), ...filters, kind: ["model_call"] }),
  ]);
}

function filtersOf(text: string): Filters {
  const scope = parseScope(text);
  return {
    ...("team" in scope && { team: [scope.team] }),
    ...("model" in scope && { model: [scope.model] }),
    ...("agent" in scope && { agent: [scope.agent] }),
  };
}
