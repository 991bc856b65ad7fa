import { z } from "zod";
import { DIMENSIONS, type Dimension, type UsageQuery } from "#lib/reports/usage-query.ts";
import { isTimeZone } from "#lib/time/zone.ts";
import { ParameterError, parameterError } from "./parameter-error.ts";

const LONGEST_VALUE = 1_000;
const MOST_VALUES = 100;

/** A date, or an instant with its offset. */
const Moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: "must be an ISO 8601 instant such as 2026-11-01T00:00:00Z, or a date",
  })
  .meta({ description: "ISO 8601 instant with offset, or a date in `tz`" });

export const From = Moment.meta({
  description: "Start, inclusive: ISO 8601 instant, or a date in `tz`",
});
export const To = Moment.meta({
  description: "End, exclusive: ISO 8601 instant, or a date in `tz`",
});

export const TimeZone = z
  .string()
  .refine(isTimeZone, "must be an IANA time zone such as Asia/Taipei")
  .meta({ description: "IANA zone of buckets and dates; default: the organisation's" });

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

export const Cursor = z
  .string()
  .max(2_000)
  .meta({ description: "`next_cursor` of the page before" });

export function limit(fallback: number, most: number) {
  const rule = `must be a whole number from 1 to ${most}`;
  return z
    .string()
    .regex(/^\d{1,6}$/, rule)
    .transform(Number)
    .refine((value) => value >= 1 && value <= most, rule)
    .default(fallback)
    .meta({ description: `Rows at once, 1 to ${most}; default ${fallback}` });
}

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

/**
 * Reads the query of a URL by a schema: filters as lists, everything else once.
 *
 * @throws {ParameterError} naming every mistake, unknown parameters included.
 */
export function parseQuery<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  search: URLSearchParams,
): z.output<z.ZodObject<Shape>> {
  const raw: Record<string, string | string[]> = {};
  const twice: string[] = [];
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    if (name.startsWith("filter.")) raw[name] = values;
    else if (values.length > 1) twice.push(name);
    // A plus sign that nobody encoded arrives as a space.
    else raw[name] = (values[0] ?? "").replace(/^(.*T.*) (\d\d:?\d\d)$/, "$1+$2");
  }
  if (twice.length > 0) {
    throw new ParameterError(twice.map((parameter) => ({ parameter, detail: "is given twice" })));
  }
  const parsed = z.strictObject(schema.shape).safeParse(raw);
  if (parsed.success) return parsed.data as z.output<z.ZodObject<Shape>>;
  throw parameterError(parsed.error, Object.keys(schema.shape));
}

export const NoParameters = z.strictObject({});
