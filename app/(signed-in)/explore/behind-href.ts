import { type Filters, withFilter } from "#app/_query/filters.ts";
import { pageHref, receiptHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Dimension } from "#lib/reports/usage-query.ts";
import { isMoney, type Measure } from "./measures.ts";

/** What a figure of some measure comes from: an amount's receipt, the rows that a count counts. */
export function behindHref(query: PageQuery, measure: Measure): string {
  if (isMoney(measure)) {
    return receiptHref(measure === "list_cost" ? { ...query, costBasis: "list" } : query);
  }
  return pageHref("/events", { ...query, filters: { ...counted(measure), ...query.filters } });
}

/** The rows that can count; what the question itself says of them goes first. */
function counted(measure: Measure): Filters {
  switch (measure) {
    case "model_calls":
      return { kind: ["model_call"] };
    case "tool_calls":
      return { kind: ["tool_call"] };
    case "errors":
      return { status: ["error"], kind: ["model_call", "tool_call"] };
    default:
      return {};
  }
}

/** What a whole group is of, not one of its two names; no group is all that is asked. */
export function ofGroup(
  { period, costBasis, filters, groupBy }: PageQuery & { readonly groupBy: readonly Dimension[] },
  group: readonly (string | null)[],
): PageQuery {
  const all = group.reduce((some, value, place) => {
    const dimension = groupBy[place];
    return dimension === undefined ? some : withFilter(some, dimension, value);
  }, filters);
  return { period, costBasis, filters: all };
}
