import { z } from "zod";
import { DIMENSIONS, type Dimension, type UsageQuery } from "#lib/reports/usage-query.ts";

const LONGEST_VALUE = 1_000;
const MOST_VALUES = 100;

const Dimensions = z.enum(DIMENSIONS, {
  error: `must be among ${DIMENSIONS.join(", ")}`,
});

/** `team,model` */
export const GroupBy = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  )
  .pipe(z.array(Dimensions).max(DIMENSIONS.length))
  .refine((names) => new Set(names).size === names.length, "names a dimension twice")
  .meta({ description: `Comma-separated: ${DIMENSIONS.join(", ")}` });

type FilterKey = `filter.${Dimension}`;
const FilterValues = z
  .array(z.string().max(LONGEST_VALUE))
  .max(MOST_VALUES)
  .optional()
  .meta({ description: "Repeat for several values; empty for unknown" });

/** `filter.team=payments&filter.team=search`; an empty value stands for unknown. */
export const FILTERS = Object.fromEntries(
  DIMENSIONS.map((dimension) => [`filter.${dimension}`, FilterValues]),
) as { readonly [K in FilterKey]: typeof FilterValues };

type FilterInput = { readonly [K in FilterKey]?: readonly string[] | undefined };

export function filtersOf(input: FilterInput): UsageQuery["filters"] {
  const filters: { [D in Dimension]?: (string | null)[] } = {};
  for (const dimension of DIMENSIONS) {
    const values = input[`filter.${dimension}`];
    if (values !== undefined)
      filters[dimension] = values.map((value) => (value === "" ? null : value));
  }
  return filters;
}
