import type { SearchParams } from "#app/_server/page-props.ts";
import { DIMENSIONS, type Dimension, type UsageQuery } from "#lib/reports/usage-query.ts";

export type Filters = UsageQuery["filters"];

/**
 * The filters of a page's URL. They are spelled as the API spells them
 * (`filter.team=payments`, repeated for "any of", empty for unknown), so a page's
 * address and the request behind it read the same.
 */
export function readFilters(params: SearchParams): Filters {
  const found: [Dimension, (string | null)[]][] = [];
  for (const dimension of DIMENSIONS) {
    const given = params[`filter.${dimension}`];
    if (given === undefined) continue;
    const values = (Array.isArray(given) ? given : [given]).slice(0, MOST_VALUES);
    found.push([dimension, values.map((value) => (value === "" ? null : value))]);
  }
  return Object.fromEntries(found);
}

/** Of one dimension; an address that names more is cut short. */
export const MOST_VALUES = 50;

/** The filters as pairs for a URL, in the fixed order of the dimensions. */
export function filterPairs(filters: Filters): [string, string][] {
  return DIMENSIONS.flatMap((dimension) =>
    (filters[dimension] ?? []).map((value): [string, string] => [
      `filter.${dimension}`,
      value ?? "",
    ]),
  );
}

/** The filters with one dimension set to one value. */
export function withFilter(filters: Filters, dimension: Dimension, value: string | null): Filters {
  return withAnyOf(filters, dimension, [value]);
}

/** The filters with one dimension set to any of some values. */
export function withAnyOf(
  filters: Filters,
  dimension: Dimension,
  values: readonly (string | null)[],
): Filters {
  return { ...filters, [dimension]: values };
}

/** The filters without one dimension. */
export function withoutFilter(filters: Filters, dimension: Dimension): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => name !== dimension));
}
